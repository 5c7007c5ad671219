import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A button's looks, also for a link that acts like one. */
export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        primary: "bg-accent text-on-accent hover:bg-accent-hover",
        plain: "border border-line-strong bg-surface text-ink hover:bg-hover",
        quiet: "text-muted hover:bg-inset hover:text-ink aria-expanded:bg-inset aria-expanded:text-ink",
        danger: "bg-bad text-on-accent hover:bg-bad-hover",
        dangerPlain: "border border-line-strong bg-surface text-bad hover:bg-bad-soft",
      },
      size: {
        md: "h-8 px-3 text-sm",
        sm: "h-7 px-2.5 text-xs",
        icon: "size-8",
        iconSm: "size-6 [&_svg]:size-3.5",
      },
    },
    defaultVariants: { tone: "plain", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Shows that the click is being worked on, and takes no second one. */
  isBusy?: boolean;
}

export function Button({
  tone,
  size,
  isBusy = false,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={cn(buttonStyle({ tone, size }), className)}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {isBusy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  );
}

/** An icon alone: the label is what a screen reader says and what the tooltip shows. */
export function IconButton({
  label,
  size = "icon",
  tone = "quiet",
  ...rest
}: Omit<ButtonProps, "aria-label"> & { label: string }) {
  return <Button aria-label={label} title={label} size={size} tone={tone} {...rest} />;
}
