import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Made once for each clone and kept in `.local/`: a token of one machine means nothing on another. */
export interface LocalSecrets {
  clerkPrivateKey: string;
  clerkSecretKey: string;
  cronSecret: string;
}

/** The clone's secrets, made on the first call. */
export function localSecrets(localDir: string): LocalSecrets {
  const file = path.join(localDir, "secrets.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as LocalSecrets;
  const made: LocalSecrets = {
    clerkPrivateKey: generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    }).privateKey,
    clerkSecretKey: `sk_test_${randomBytes(24).toString("hex")}`,
    cronSecret: randomBytes(24).toString("hex"),
  };
  mkdirSync(localDir, { recursive: true });
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The public half of the stand-in's key, as PEM. */
export function publicKeyOf(privateKeyPem: string): string {
  return createPublicKey(createPrivateKey(privateKeyPem)).export({ type: "spki", format: "pem" }).toString();
}
