import type { oas31 } from "zod-openapi";
import { curlOf } from "./curl";
import { endpoints } from "./index";
import { openApiDocument } from "./openapi";
import { fieldsOf, type SchemaField } from "./schema-fields";

/** The reference page's content, read from the OpenAPI document, so that the two cannot differ. */
export interface Reference {
  title: string;
  introduction: string;
  groups: { name: string; operations: ReferenceOperation[] }[];
}

export interface ReferenceOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  isOpen: boolean;
  parameters: SchemaField[];
  body: SchemaField[];
  status: string;
  fields: SchemaField[];
  errors: { status: string; description: string }[];
  /** The example request as a command line; `$TOKEN` holds the token. */
  curl: string;
  /** What it answers, as JSON. */
  answer: string;
}

export function reference(serverUrl: string): Reference {
  const document = openApiDocument(serverUrl);
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      return operation
        ? [{ group: operation.tags![0]!, ...operationOf(document, path, method, operation, serverUrl) }]
        : [];
    }),
  );
  return {
    title: document.info.title,
    introduction: document.info.description ?? "",
    groups: document.tags!.map(({ name }) => ({
      name,
      operations: operations.filter(({ group }) => group === name).map(({ group: _group, ...operation }) => operation),
    })),
  };
}

function operationOf(
  document: oas31.OpenAPIObject,
  path: string,
  method: string,
  operation: oas31.OperationObject,
  serverUrl: string,
): ReferenceOperation {
  const {
    operationId = "",
    summary = "",
    description = null,
    parameters = [],
    requestBody,
    responses = {},
  } = operation;
  const [status = "200"] = Object.keys(responses);
  const answered = contentOf(responses[status]);
  const endpoint = endpoints.find(({ id }) => id === operationId);
  return {
    ...{ id: operationId, method: method.toUpperCase(), path, summary, description, status },
    isOpen: operation.security?.length === 0,
    parameters: parameters.flatMap((parameter) => ("name" in parameter ? [parameterField(document, parameter)] : [])),
    body: fieldsOf(document, contentOf(requestBody)?.schema),
    fields: fieldsOf(document, answered?.schema).filter(({ name }) => name !== "success" && name !== "data"),
    errors: Object.entries(responses)
      .filter(([code]) => code !== status)
      .map(([code, response]) => ({ status: code, description: descriptionOf(document, response) })),
    curl: endpoint ? curlOf(endpoint, serverUrl) : `curl ${serverUrl}${path}`,
    answer: JSON.stringify(answered?.example, null, 2),
  };
}

function contentOf(holder: unknown): oas31.MediaTypeObject | undefined {
  return (holder as { content?: Record<string, oas31.MediaTypeObject> } | undefined)?.content?.["application/json"];
}

function parameterField(document: oas31.OpenAPIObject, parameter: oas31.ParameterObject): SchemaField {
  const { name, required = false, description = "", schema, in: place } = parameter;
  const [field] = fieldsOf(document, {
    type: "object",
    properties: { [name]: schema! },
    required: required ? [name] : [],
  });
  return { ...field!, description, isRequired: required || place === "path" };
}

/** Errors are described once, among the document's components. */
function descriptionOf(document: oas31.OpenAPIObject, response: unknown): string {
  const { $ref, description = "" } = response as { $ref?: string; description?: string };
  const name = $ref?.split("/").at(-1);
  return name ? ((document.components?.responses?.[name] as { description?: string })?.description ?? "") : description;
}
