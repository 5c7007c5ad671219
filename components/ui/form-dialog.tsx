"use client";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  className?: string;
  /** The fields. */
  children: ReactNode;
  /** What went wrong and belongs to none of the fields. */
  problem?: string | null;
  /** A verb, and its object where there could be doubt. */
  action: ReactNode;
  isBusy: boolean;
  isDisabled?: boolean;
  onSubmit(): void;
  onClose(): void;
}

/** An open dialog that is one form: its fields, what is wrong with all of them, and to send it or leave. */
export function FormDialog({
  title,
  description,
  className,
  children,
  problem,
  action,
  isBusy,
  isDisabled,
  onSubmit,
  onClose,
}: FormDialogProps) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={description}
      className={className}
    >
      {/* The server judges the fields, and says why in their own words. */}
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        {problem && (
          <p role="alert" className="text-sm text-bad">
            {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={isBusy} disabled={isDisabled}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
