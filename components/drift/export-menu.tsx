"use client";
import { Copy, Download, Share } from "lucide-react";
import { toast } from "sonner";
import { readError } from "@/components/app-error";
import { downloadText } from "@/components/download-text";
import { trpc } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { useCopy } from "@/components/ui/use-copy";

/** A detection to take along: Markdown for a pull request, JSON with everything. */
export function ExportMenu({ detectionId }: { detectionId: string }) {
  const { client } = trpc.useUtils();
  const { copy } = useCopy();
  const read = async (format: "json" | "markdown", take: (file: { fileName: string; body: string }) => void) => {
    try {
      take(await client.drift.export.query({ detectionId, format }));
    } catch (error) {
      toast.error(readError(error).message);
    }
  };
  const save = ({ fileName, body }: { fileName: string; body: string }) => downloadText(fileName, body);
  return (
    <DropdownMenu
      trigger={
        <Button>
          <Share aria-hidden />
          Export
        </Button>
      }
    >
      <MenuItem
        onSelect={() =>
          void read("markdown", ({ body }) => {
            copy(body);
            toast.success("Copied as Markdown, to paste into a pull request.");
          })
        }
      >
        <Copy aria-hidden />
        Copy as Markdown
      </MenuItem>
      <MenuItem onSelect={() => void read("markdown", save)}>
        <Download aria-hidden />
        Download Markdown
      </MenuItem>
      <MenuItem onSelect={() => void read("json", save)}>
        <Download aria-hidden />
        Download JSON
      </MenuItem>
    </DropdownMenu>
  );
}
