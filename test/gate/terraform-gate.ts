import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Project, project } from "../support/project.ts";
import type { Json } from "../support/synthesized.ts";
import { NO_TIME } from "../support/time/child.ts";

export interface Ended {
  readonly code: number | null;
  /** Both outputs. */
  readonly said: string;
}

/** The gate as `npm start` wrote it, with its program, in a stack folder that holds nothing else of Google's. */
export interface GateFolder {
  /** Applies it, and a resource behind the gate that stands for a service. */
  terraform(
    args: readonly string[],
    variables: Record<string, string | undefined>,
    started?: (child: ChildProcess, line: string) => void,
  ): Promise<Ended>;
  /** Addresses in the state; the gate's has a mark where it is tainted. */
  state(): string[];
  change(change: (gate: Json) => void): void;
  readonly path: string;
  remove(): void;
}

export interface Synthesized {
  folder(): GateFolder;
  readonly manifest: Json;
  remove(): void;
}

/** The real synthesis of staging, once. */
export async function synthesizedGate(edit: (one: Project) => void = () => {}): Promise<Synthesized> {
  const one = project();
  edit(one);
  const { status, stdout, stderr } = await one.main("staging", "--quiet", "--output", "out");
  if (status !== 0) throw new Error(`synthesis ended with ${status}: ${stdout}${stderr}`);
  const output = path.join(one.folder, "out");
  return {
    manifest: JSON.parse(readFileSync(path.join(output, "manifest.json"), "utf8")),
    folder: () => gateFolder(path.join(output, "stacks/staging-preflight")),
    remove: one.remove,
  };
}

function gateFolder(stack: string): GateFolder {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gate-"));
  const file = path.join(folder, "cdk.tf.json");
  mkdirSync(path.join(folder, "home"));
  cpSync(path.join(stack, "gate.cjs"), path.join(folder, "gate.cjs"));
  const { gate } = JSON.parse(readFileSync(path.join(stack, "cdk.tf.json"), "utf8")).resource.terraform_data;
  const write = (resource: Json): void => {
    const service = { input: "a service", depends_on: ["terraform_data.gate"] };
    writeFileSync(file, JSON.stringify({ resource: { terraform_data: { gate: resource, service } } }));
  };
  write({ ...gate, depends_on: [] });
  const state = (): Json => {
    try {
      return JSON.parse(readFileSync(path.join(folder, "terraform.tfstate"), "utf8"));
    } catch {
      return { resources: [] };
    }
  };
  return {
    path: folder,
    terraform: (args, variables, started = () => {}) =>
      new Promise((resolve) => {
        const child = spawn("terraform", [...args, "-no-color", "-input=false"], {
          cwd: folder,
          env: {
            ...process.env,
            CHECKPOINT_DISABLE: "1",
            TF_CLI_CONFIG_FILE: undefined,
            GOOGLE_APPLICATION_CREDENTIALS: undefined,
            GOOGLE_OAUTH_ACCESS_TOKEN: "token",
            METADATA_SERVER_DETECTION: "none",
            NODE_OPTIONS: NO_TIME.join(" "),
            HOME: path.join(folder, "home"),
            ...variables,
          },
        });
        let said = "";
        const hear = (part: Buffer): void => {
          said += String(part);
          started(child, said);
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
        child.on("close", (code) => resolve({ code, said }));
      }),
    state: () =>
      state().resources.map(({ type, name, instances }: Json) =>
        [`${type}.${name}`, instances[0].status].filter(Boolean).join(" "),
      ),
    change: (change) => {
      const { gate: now } = JSON.parse(readFileSync(file, "utf8")).resource.terraform_data;
      change(now);
      write(now);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
