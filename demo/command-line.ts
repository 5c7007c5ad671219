export interface DemoOptions {
  port: number;
  /** Forget the database and the builds of before. */
  reset: boolean;
  /** `next dev` in place of the built server. */
  dev: boolean;
}

/** Reads `--port N`, `--reset` and `--dev`; throws one sentence on anything else. */
export function readCommandLine(args: string[]): DemoOptions {
  const options: DemoOptions = { port: 3000, reset: false, dev: false };
  const rest = args.flatMap((arg) => (arg.startsWith("--port=") ? ["--port", arg.slice("--port=".length)] : [arg]));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--reset") options.reset = true;
    else if (arg === "--dev") options.dev = true;
    else if (arg === "--port") options.port = readPort(rest.shift());
    else throw new Error(`The demo does not know ${arg}. It takes --port N and --reset.`);
  }
  return options;
}

function readPort(text: string | undefined): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port takes a number from 1 to 65535, not ${text ?? "nothing"}.`);
  return port;
}
