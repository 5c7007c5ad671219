import type { Metadata } from "next";
import { ReferencePage } from "@/components/api-reference/reference-page";
import { reference } from "@/server/rest/reference";

export const metadata: Metadata = { title: "API reference" };
export const dynamic = "force-dynamic";

export default function ApiReference() {
  return <ReferencePage reference={reference(process.env.APP_URL || "https://cloudguard.example.com")} />;
}
