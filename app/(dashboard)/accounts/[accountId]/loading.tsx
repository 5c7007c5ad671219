export { AccountSkeleton as default } from "@/components/accounts/account-skeleton";
