import type { Command } from "commander";

type Start = (args: readonly string[]) => Promise<void>;

/** A command of the platform, loaded when it is run. */
export interface PlatformCommand {
  /** One line for the overview. */
  readonly summary: string;
  readonly group: "every day" | "deployment" | "running platform" | "once";
  /** @returns what runs it with its arguments, and sets the exit code */
  readonly load: () => Promise<Start>;
}

/** As people type it, for the line of usage: `npm run deploy -- [options] <environment>`. */
const typed = (name: string): string => `npm run ${name} --`;

async function parsed(name: string, module: Promise<{ readonly program: Command }>): Promise<Start> {
  const { program } = await module;
  return async (args) => void (await program.name(typed(name)).parseAsync([...args], { from: "user" }));
}

/** By name, which is also the name of its npm script. */
export const commands: Readonly<Record<string, PlatformCommand>> = {
  synth: {
    summary: "check every environment, print its budgets, and write the Terraform JSON (also: npm start)",
    group: "every day",
    load: () => parsed("synth", import("./synth.ts")),
  },
  verify: {
    summary: "check the project, or any Terraform or Kubernetes YAML, with the rule book",
    group: "every day",
    load: async () => (await import("./verify.ts")).start,
  },
  new: {
    summary: "write a new environment, or a service into one",
    group: "every day",
    load: () => parsed("new", import("./new.ts")),
  },
  "set-image": {
    summary: "write the image of a service or a job into an environment",
    group: "every day",
    load: () => parsed("set-image", import("./set-image.ts")),
  },
  compare: {
    summary: "list what differs between two environments",
    group: "every day",
    load: () => parsed("compare", import("./compare.ts")),
  },
  docs: {
    summary: "write the pages of docs/ that follow from the environments",
    group: "every day",
    load: () => parsed("docs", import("./docs.ts")),
  },
  review: {
    summary: "explain what a deployment would do",
    group: "deployment",
    load: () => parsed("review", import("./review.ts")),
  },
  deploy: {
    summary: "plan, review and apply an environment",
    group: "deployment",
    load: () => parsed("deploy", import("./deploy.ts")),
  },
  rollout: {
    summary: "move traffic to new revisions in steps, and back after a breach",
    group: "deployment",
    load: () => parsed("rollout", import("./rollout.ts")),
  },
  validate: {
    summary: "check a deployment from outside and inside",
    group: "running platform",
    load: () => parsed("validate", import("./validate.ts")),
  },
  preflight: {
    summary: "run the checks inside the network",
    group: "running platform",
    load: () => parsed("preflight", import("./preflight.ts")),
  },
  drift: {
    summary: "report what was changed outside the code",
    group: "running platform",
    load: () => parsed("drift", import("./drift.ts")),
  },
  latency: {
    summary: "measure the hosts of an environment behind Istio",
    group: "running platform",
    load: () => parsed("latency", import("./latency.ts")),
  },
  bootstrap: {
    summary: "create the first APIs and the bucket of the state",
    group: "once",
    load: () => parsed("bootstrap", import("./bootstrap.ts")),
  },
  secrets: {
    summary: "list the secret versions that a person has to add",
    group: "once",
    load: () => parsed("secrets", import("./secrets.ts")),
  },
  adopt: {
    summary: "take over what runs already",
    group: "once",
    load: () => parsed("adopt", import("./adopt.ts")),
  },
  gitlab: {
    summary: "the pipeline of GitLab, and its steps",
    group: "once",
    load: () => parsed("gitlab", import("./gitlab.ts")),
  },
  github: {
    summary: "steps of the workflows",
    group: "once",
    load: () => parsed("github", import("./github.ts")),
  },
};
