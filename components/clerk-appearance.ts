/** Clerk takes the browser's ring away, and its own is a shade of grey. */
const focusRing = { "&:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "2px" } };

/** Clerk's components in our tokens, so that they follow the theme without being told. */
export const clerkAppearance = {
  variables: {
    // Not `--accent`: a button of Clerk's gives itself a property of that name, and would look for its colour in itself.
    colorPrimary: "var(--action)",
    colorPrimaryForeground: "var(--on-accent)",
    colorBackground: "var(--raised)",
    colorForeground: "var(--ink)",
    colorMutedForeground: "var(--muted)",
    colorInput: "var(--surface)",
    colorInputForeground: "var(--ink)",
    colorNeutral: "var(--ink)",
    colorDanger: "var(--bad)",
    colorSuccess: "var(--ok)",
    colorWarning: "var(--warn)",
    fontFamily: "var(--font-inter), ui-sans-serif, system-ui, sans-serif",
    borderRadius: "6px",
  },
  elements: { organizationSwitcherTrigger: focusRing, userButtonTrigger: focusRing },
} as const;
