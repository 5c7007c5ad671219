import { readFileSync } from "node:fs";

/** What the last stage of a Dockerfile says, as far as this project's uses it. */
export interface Image {
  /** `COPY --from=build <from> <to>`; paths of the build stage are relative to its WORKDIR. */
  copies: { from: string; to: string }[];
  env: Record<string, string>;
  user: string;
  port: number;
  command: string[];
  healthcheck: string[];
}

/** Reads a Dockerfile's last stage; throws on an instruction that it does not know, so that none is overlooked. */
export function readImage(file: string): Image {
  const text = readFileSync(file, "utf8").replaceAll(/\\\n\s*/g, "");
  const stage = text.split(/^(?=FROM )/m).at(-1)!;
  const image: Image = { copies: [], env: {}, user: "root", port: 0, command: [], healthcheck: [] };
  for (const line of stage.split("\n").filter((line) => line && !line.startsWith("#"))) {
    const [, instruction, rest] = /^(\w+) (.*)$/.exec(line) ?? [];
    switch (instruction) {
      case "FROM":
      case "WORKDIR":
        break;
      case "COPY": {
        const [, from, to] = /^--from=build \/app\/(\S+) (\S+)$/.exec(rest!) ?? [];
        if (!from || !to) throw new Error(`a COPY that is not understood: ${line}`);
        image.copies.push({ from, to });
        break;
      }
      case "ENV":
        for (const [, name, value] of rest!.matchAll(/(\w+)=(\S+)/g)) image.env[name!] = value!;
        break;
      case "USER":
        image.user = rest!;
        break;
      case "EXPOSE":
        image.port = Number(rest);
        break;
      case "HEALTHCHECK":
        image.healthcheck = JSON.parse(/CMD (\[.*\])$/.exec(rest!)![1]!) as string[];
        break;
      case "CMD":
        image.command = JSON.parse(rest!) as string[];
        break;
      default:
        throw new Error(`an instruction that is not understood: ${line}`);
    }
  }
  return image;
}
