import { expect, it } from "vitest";
import { isDatabaseUrl } from "./database-url";

it.each([
  "postgresql://cloudguard:secret@db.example.com:5432/cloudguard",
  "postgres://cloudguard@127.0.0.1/cloudguard?sslmode=require",
  "postgresql://cloudguard:p%23%2F%40@db/cloudguard",
  "postgresql://cloudguard@/cloudguard?host=/var/run/postgresql",
  "postgresql:///cloudguard?host=/var/run/postgresql",
])("%s is an address of PostgreSQL", (url) => expect(isDatabaseUrl(url)).toBe(true));

it.each([
  "",
  "cloudguard",
  "post gres",
  "mysql://cloudguard@db/cloudguard",
  "postgresql://cloudguard:p#w@db/cloudguard",
  "postgresql://cloudguard:12#3@db/cloudguard",
  "postgresql://cloudguard:12/3@db/cloudguard",
  "postgresql://cloudguard@no such host/cloudguard",
])("%s is none, or not the one that was meant", (url) => expect(isDatabaseUrl(url)).toBe(false));
