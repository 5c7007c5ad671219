"use client";
import { useState, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  title: string;
  /** What will happen, in full. */
  children: ReactNode;
  /** What has to be typed before the button works; the object's own name or number. */
  phrase: string;
  /** A verb and its object: "Disconnect Northwind staging". */
  action: string;
  error?: string;
  isBusy: boolean;
  onConfirm(typed: string): void;
}

/** Asks before something that cannot be undone: the object has to be named by hand. */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  children,
  phrase,
  action,
  error,
  isBusy,
  onConfirm,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const matches = typed.trim() === phrase;
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={title}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) onConfirm(typed.trim());
        }}
      >
        {children}
        <Field label={`Type ${phrase} to confirm`} error={error}>
          {(wiring) => (
            <Input
              {...wiring}
              className="font-mono"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button type="submit" tone="danger" disabled={!matches} isBusy={isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
