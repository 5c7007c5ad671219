/** The names of the settings without which the production server does not start, as far as `env` lacks them. */
export function missingSettings(env: Record<string, string | undefined>): string[];
