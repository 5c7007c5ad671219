import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { cronJobs } from "../server/jobs/cron";
import { settingNames } from "../server/env";
import { readImage } from "./harness/dockerfile";

const image = readImage("Dockerfile");
const kubernetes = "deploy/kubernetes";
const documents = readdirSync(kubernetes).flatMap((file) =>
  parseAllDocuments(readFileSync(path.join(kubernetes, file), "utf8")).map((document) => {
    expect(document.errors, file).toEqual([]);
    return document.toJS() as Manifest;
  }),
);

interface Probe {
  httpGet: { path: string; port: string };
}
interface Container {
  name: string;
  image: string;
  command?: string[];
  ports?: { name: string; containerPort: number }[];
  env?: { name: string; value: string }[];
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  securityContext: { allowPrivilegeEscalation: boolean };
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
}
interface Manifest {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec: {
    replicas?: number;
    minAvailable?: number;
    selector: { matchLabels: { app: string }; app?: string };
    ports?: { targetPort: string }[];
    template: {
      metadata: { labels: { app: string }; annotations?: Record<string, string> };
      spec: {
        containers: Container[];
        serviceAccountName?: string;
        securityContext: { runAsNonRoot: boolean };
        terminationGracePeriodSeconds?: number;
      };
    };
  };
}

const ofKind = (kind: string) => documents.filter((document) => document.kind === kind);
const workloads = [...ofKind("Deployment"), ...ofKind("Job")];
const containers = workloads.flatMap(({ spec }) => spec.template.spec.containers);
/** Read by the framework, by libraries, or by the way that a process is started; not by our own settings. */
const elsewhere = new Set([
  ...[
    "NODE_ENV",
    "HOSTNAME",
    "HOST",
    "PORT",
    "DB_PASSWORD",
    "DB_ADMIN_PASSWORD",
    "NEXT_MANUAL_SIG_HANDLE",
    "NEXT_TELEMETRY_DISABLED",
    "APP_URL",
  ],
  ...[
    "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
    "CLERK_SECRET_KEY",
    "AWS_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
  ],
]);
const unknown = (names: string[]) => names.filter((name) => !elsewhere.has(name) && !settingNames.includes(name));

describe("the image", () => {
  it("runs as nobody in particular, on the port that it says", () => {
    expect(image).toMatchObject({ user: "node", port: Number(image.env.PORT) });
    expect(unknown(Object.keys(image.env))).toEqual([]);
  });

  it("is built from what the build reads, and from nothing of the demo, the tests or this machine's settings", () => {
    const kept = readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    expect(kept).toEqual(
      expect.arrayContaining(["app", "components", "server", "prisma", "scripts", "package-lock.json"]),
    );
    for (const outside of ["demo", "e2e", "tests", "bench", ".env", ".git", ".local"])
      expect(kept).not.toContain(outside);
    expect(kept.filter((file) => file !== "public" && !existsSync(file))).toEqual([]);
  });
});

describe("the Kubernetes manifests", () => {
  it("list every file but the example of the secrets", () => {
    const { resources } = parse(readFileSync(`${kubernetes}/kustomization.yaml`, "utf8")) as { resources: string[] };
    expect([...resources, "kustomization.yaml", "secrets.example.yaml"].sort()).toEqual(readdirSync(kubernetes).sort());
  });

  it("set only what the product reads, and all that it cannot do without", () => {
    const shared = [...ofKind("ConfigMap"), ...ofKind("Secret")].flatMap(({ data, stringData }) =>
      Object.keys({ ...data, ...stringData }),
    );
    expect(unknown([...shared, ...containers.flatMap(({ env }) => (env ?? []).map(({ name }) => name))])).toEqual([]);
    expect(shared).toEqual(
      expect.arrayContaining([
        "DATABASE_URL",
        "CLERK_SECRET_KEY",
        "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
        "AWS_REGION",
        "APP_URL",
        "METRICS_TOKEN",
      ]),
    );
    for (const { envFrom } of containers)
      for (const { configMapRef, secretRef } of envFrom)
        expect([...ofKind("ConfigMap"), ...ofKind("Secret")].map(({ metadata }) => metadata.name)).toContain(
          (configMapRef ?? secretRef)!.name,
        );
  });

  it("probe paths that exist, on ports that are open, and run programs that are in the image", () => {
    for (const container of containers) {
      const open = (container.ports ?? []).map(({ name }) => name);
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
        if (probe) {
          expect(existsSync(`app${probe.httpGet.path}/route.ts`)).toBe(true);
          expect(open).toContain(probe.httpGet.port);
        }
      const program = container.command?.[1] ?? "server.js";
      expect(["server.js", "dist/worker.mjs", "dist/migrate.mjs"]).toContain(program);
    }
    const [web, worker] = ["web", "worker"].map((name) => containers.find((container) => container.name === name)!);
    expect(web!.ports![0]!.containerPort).toBe(image.port);
    expect(worker!.env).toContainEqual({ name: "WORKER_PORT", value: String(worker!.ports![0]!.containerPort) });
    expect(web!.livenessProbe!.httpGet.path).not.toBe(web!.readinessProbe!.httpGet.path);
  });

  it("let nothing run as root, and give a pod longer to stop than it needs", () => {
    for (const { spec } of workloads) {
      expect(spec.template.spec.securityContext.runAsNonRoot).toBe(true);
      for (const container of spec.template.spec.containers)
        expect(container.securityContext.allowPrivilegeEscalation).toBe(false);
    }
    for (const { spec } of ofKind("Deployment"))
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(15);
  });

  it("keep pods serving while nodes are drained, and select what they name", () => {
    const apps = workloads.map(({ spec }) => spec.template.metadata.labels.app);
    for (const budget of ofKind("PodDisruptionBudget")) {
      expect(apps).toContain(budget.spec.selector.matchLabels.app);
      const guarded = ofKind("Deployment").find(
        ({ spec }) => spec.template.metadata.labels.app === budget.spec.selector.matchLabels.app,
      )!;
      expect(budget.spec.minAvailable ?? 0).toBeLessThan(guarded.spec.replicas!);
    }
    expect(apps).toContain(ofKind("Service")[0]!.spec.selector.app);
    for (const { spec } of ofKind("Deployment"))
      expect(spec.template.metadata.annotations!["prometheus.io/path"]).toBe("/api/metrics");
  });
});

describe("compose.yaml", () => {
  const { services } = parse(readFileSync("compose.yaml", "utf8"), { merge: true }) as {
    services: Record<
      string,
      {
        env_file?: string;
        environment: Record<string, string>;
        healthcheck?: { test: string[] };
        ports?: string[];
        command?: string[];
        depends_on?: object;
        volumes?: string[];
      }
    >;
  };
  it("sets only what the product reads, and serves on the image's port", () => {
    for (const name of ["web", "worker", "migrate"])
      expect(unknown(Object.keys(services[name]!.environment))).toEqual([]);
    // For the machine's own proxy alone: past it a visitor could claim any address.
    expect(services.web!.ports).toEqual([`127.0.0.1:${image.port}:${image.port}`]);
    expect(services.web!.environment.WORKER).toBe("off");
  });
  it("gives every process all that .env says, but what the machine's own processes mean by it", () => {
    const own = ["DATABASE_URL", "HOST", "PORT", "DB_PASSWORD", "DB_ADMIN_PASSWORD"];
    for (const name of ["web", "worker", "migrate"]) {
      const { env_file, environment } = services[name]!;
      expect(env_file).toBe(".env");
      expect(environment).toMatchObject({ HOST: "0.0.0.0", PORT: String(image.port), DB_ADMIN_PASSWORD: "" });
      const changed = Object.entries(environment).filter(([key, value]) => !value.startsWith(`\${${key}:?`));
      const roles = { web: ["WORKER"], worker: ["WORKER_PORT"] }[name] ?? [];
      expect(changed.map(([key]) => key).sort()).toEqual([...own, ...roles].sort());
    }
  });
  it("asks of .env for nothing that the example lacks", () => {
    const example = [...readFileSync(".env.example", "utf8").matchAll(/^(\w+)=/gm)].map(([, name]) => name);
    const asked = [...readFileSync("compose.yaml", "utf8").matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !example.includes(name))).toEqual([]);
  });
  it("waits for PostgreSQL's own port: the server that sets it up answers at its socket alone", () => {
    expect(services.postgres!.healthcheck!.test).toContain("--host=127.0.0.1");
  });
  it("migrates before anything serves, on a login that is no superuser", () => {
    for (const name of ["web", "worker"])
      expect(services[name]!.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    const script = services
      .postgres!.volumes!.map((volume) => volume.split(":")[0]!)
      .find((file) => file.endsWith(".sh"))!;
    expect(readFileSync(script, "utf8")).toContain("create role cloudguard login nosuperuser nobypassrls createrole");
  });
});

describe("the alerts' cases for Prometheus's own tool", () => {
  const read = (file: string) => parse(readFileSync(`deploy/${file}`, "utf8")) as unknown;
  const { groups } = read("alerts.yaml") as { groups: { rules: { alert: string }[] }[] };
  const { tests } = read("alerts.test.yaml") as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: object[] }[] }[];
  };
  it("have each of them fire, and keep still", () => {
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)).sort();
    const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const named = (doesFire: boolean) =>
      [
        ...new Set(cases.filter((one) => Boolean(one.exp_alerts) === doesFire).map(({ alertname }) => alertname)),
      ].sort();
    expect(named(true)).toEqual(alerts);
    expect(named(false)).toEqual(alerts);
  });
});

describe("our own side of AWS", () => {
  it("may enter roles named CloudGuard* and do nothing else, by Terraform as by CloudFormation", () => {
    const statement = { Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/CloudGuard*" };
    const template = parse(readFileSync("deploy/cloudformation/service-role.yaml", "utf8"), { logLevel: "error" }) as {
      Resources: { ServiceRole: { Properties: { Policies: { PolicyDocument: { Statement: object[] } }[] } } };
    };
    const policies = template.Resources.ServiceRole.Properties.Policies;
    expect(policies).toHaveLength(1);
    expect(policies[0]!.PolicyDocument.Statement).toEqual([
      { Sid: "EnterCustomersRoles", Effect: "Allow", ...statement },
    ]);

    const terraform = readFileSync("deploy/terraform/main.tf", "utf8");
    const policy = /resource "aws_iam_role_policy" [^]*?\n}/.exec(terraform)![0];
    expect([...policy.matchAll(/(Action|Resource)\s*= "(.*)"/g)].map(([, key, value]) => [key, value])).toEqual(
      Object.entries(statement),
    );
    expect(terraform.match(/resource "/g)).toHaveLength(2);
  });
});

describe("the service's role on EKS", () => {
  it("is the one that customers' roles are told to trust", () => {
    const { annotations } = ofKind("ServiceAccount")[0]!.metadata;
    expect(Object.values(annotations!)).toEqual([ofKind("ConfigMap")[0]!.data!.CLOUDGUARD_PRINCIPAL_ARN]);
  });
  it("is taken by the account that the pods run as, through the cluster's provider and nobody else", () => {
    const { Statement } = JSON.parse(readFileSync("deploy/terraform/eks-trust-policy.json", "utf8")) as {
      Statement: { Principal: { Federated: string }; Action: string; Condition: { StringEquals: object } }[];
    };
    const [{ metadata: pods }, { metadata: namespace }] = [ofKind("ServiceAccount")[0]!, ofKind("Namespace")[0]!];
    const provider = Statement[0]!.Principal.Federated.split(":oidc-provider/")[1]!;
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${provider}` },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${provider}:aud`]: "sts.amazonaws.com",
            [`${provider}:sub`]: `system:serviceaccount:${namespace.name}:${pods.name}`,
          },
        },
      },
    ]);
    for (const { spec } of workloads)
      if (spec.template.metadata.labels.app !== "cloudguard-migrate")
        expect(spec.template.spec.serviceAccountName).toBe(pods.name);
  });
});

describe("vercel.json", () => {
  const { crons, functions } = JSON.parse(readFileSync("vercel.json", "utf8")) as {
    crons: { path: string; schedule: string }[];
    functions: Record<string, { maxDuration: number }>;
  };
  it("calls jobs that the cron door knows", () => {
    const called = crons.map(({ path: at }) => at.replace("/api/cron/", ""));
    expect(called.sort()).toEqual([...cronJobs].sort());
  });
  it("leaves time to each function whose answer a tick may follow", () => {
    for (const file of ["trpc/[trpc]", "connect-aws", "drift/trigger", "drift/jobs/[id]"].map(
      (at) => `app/api/${at}/route.ts`,
    ))
      expect(readFileSync(file, "utf8"), file).toContain("maxDuration = 60");
    expect(readFileSync("app/(dashboard)/layout.tsx", "utf8")).toContain("maxDuration = 60");
  });
  it("gives each function that it names longer than a tick takes", () => {
    for (const [file, { maxDuration }] of Object.entries(functions)) {
      expect(existsSync(file)).toBe(true);
      expect(maxDuration).toBeGreaterThanOrEqual(60);
      expect(readFileSync(file, "utf8")).toContain(`maxDuration = ${maxDuration}`);
    }
  });
});
