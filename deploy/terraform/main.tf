# CloudGuard's own side: the role that the service runs as. It may enter roles named CloudGuard* of any account, whose owners
# decide by their trust policy and ExternalId whether it gets in. It may do nothing else.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "role_name" {
  description = "Name of the service's role. Customers' roles trust its ARN or its account's root."
  type        = string
  default     = "cloudguard-service"
}

variable "trust_policy" {
  description = "Who may take the service's role, as JSON: ECS tasks, an EC2 instance, or a Kubernetes service account (IRSA: eks-trust-policy.json)."
  type        = string
  default     = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }
      ]
    }
  JSON
}

resource "aws_iam_role" "service" {
  name                 = var.role_name
  assume_role_policy   = var.trust_policy
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "enter_customers_roles" {
  name = "enter-customers-roles"
  role = aws_iam_role.service.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "EnterCustomersRoles"
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = "arn:aws:iam::*:role/CloudGuard*"
      }
    ]
  })
}

output "principal_arn" {
  description = "For CLOUDGUARD_PRINCIPAL_ARN, so that customers' roles trust this role and not the whole account."
  value       = aws_iam_role.service.arn
}
