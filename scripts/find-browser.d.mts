/** The path of a Chromium on this machine, or undefined. */
export function findBrowser(env?: NodeJS.ProcessEnv): string | undefined;
