import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role/index.js";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member/index.js";
import { ProjectIamPolicy } from "@cdktf/provider-google/lib/project-iam-policy/index.js";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic/index.js";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket/index.js";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member/index.js";
import { WorkflowsWorkflow } from "@cdktf/provider-google/lib/workflows-workflow/index.js";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type App, TerraformStack } from "cdktf";
import type { PlatformPlan } from "../../platform/plan.ts";
import type { OwnStacks } from "../../stacks/own-stacks.ts";
import { PlatformStack } from "../../stacks/platform-stack.ts";
import { evaluate } from "../../synthesis/evaluate.ts";
import { discard, type Synthesis, synthesize } from "../../synthesis/synthesize.ts";
import { environment, TODAY } from "../support/environments.ts";

class EventsStack extends PlatformStack {
  constructor(app: App, plan: PlatformPlan) {
    super(app, plan, "events");
    new PubsubTopic(this, "orders", { name: `${plan.prefix}-orders` });
    new StorageBucket(this, "files", { name: `${plan.project}-files`, location: plan.region });
  }
}

const made: Synthesis[] = [];
afterEach(() => made.splice(0).forEach(discard));

async function withOwn(own: OwnStacks, change?: Parameters<typeof environment>[0]): Promise<Synthesis> {
  const synthesis = await synthesize([environment(change)], own);
  made.push(synthesis);
  return synthesis;
}

const events: OwnStacks = { ownStacks: (app, plan) => void new EventsStack(app, plan) };
const delivery = {
  repository: "acme/platform",
  repositoryId: "123456",
  ownerId: "234567",
  projectNumber: "345678901234",
};

test("a project's own stack is deployed after the foundation, which enables the APIs of its resources", async () => {
  const synthesis = await withOwn(events);
  const names = synthesis.stacks.map(({ name }) => name);
  expect(synthesis.stacks.find(({ name }) => name === "staging-events")).toMatchObject({
    name: "staging-events",
    resources: 2,
    dependencies: ["staging-foundation"],
  });
  expect(names.indexOf("staging-events")).toBeGreaterThan(names.indexOf("staging-foundation"));
  const apis = synthesis
    .graph(environment())
    .all("google_project_service")
    .map((resource) => resource.string("service"));
  expect(apis).toEqual(expect.arrayContaining(["pubsub.googleapis.com", "storage.googleapis.com"]));
});

test("it is checked with the others", async () => {
  const ownStacks: OwnStacks["ownStacks"] = (app, plan) => {
    const stack = new EventsStack(app, plan);
    stack.addOverride("resource.google_compute_subnetwork.clash", {
      name: "clash",
      network: `projects/${plan.project}/global/networks/${plan.names.network}`,
      region: plan.region,
      ip_cidr_range: "10.1.8.0/25",
    });
  };
  const { errors } = evaluate(environment(), await withOwn({ ownStacks }), TODAY);
  // Once for each of the two.
  expect(errors.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    expect.stringMatching(/^address\/overlap: .*10\.1\.8\.0\/25/),
    expect.stringMatching(/^address\/overlap: .*10\.1\.8\.0\/25/),
  ]);
});

test("a bucket of its own raises no doubt about the bucket of the state", async () => {
  const change = (draft: { state?: object }): void => {
    draft.state = { bucket: "netra-staging-terraform-state" };
  };
  const { errors, warnings } = evaluate(environment(change), await withOwn(events, change), TODAY);
  expect([...errors, ...warnings]).toEqual([]);
});

test("the deployer's rights follow from it, and types that are not known are named with what to write", async () => {
  const delivered: Parameters<typeof environment>[0] = (draft) => {
    draft.state = { bucket: "netra-staging-terraform-state" };
    draft.delivery = delivery;
  };
  const ownStacks: OwnStacks["ownStacks"] = (app, plan) => {
    const stack = new EventsStack(app, plan);
    new WorkflowsWorkflow(stack, "nightly", { name: "nightly", region: plan.region });
  };
  await expect(withOwn({ ownStacks }, delivered)).rejects.toThrow(
    'The deployer\'s rights are not known for google_workflows_workflow: name them in deployerRoles of main.ts, for example { google_workflows_workflow: "roles/..." } with the role that manages it.',
  );
  const deployerRoles = { google_workflows_workflow: "roles/workflows.editor" };
  const synthesis = await withOwn({ ownStacks, deployerRoles }, delivered);
  const roles = synthesis
    .graph(environment())
    .all("google_project_iam_member")
    .map((resource) => resource.string("role"));
  expect(roles).toEqual(
    expect.arrayContaining(["roles/pubsub.editor", "roles/storage.admin", "roles/workflows.editor"]),
  );
  // The kind: a role in the project that holds for the bucket of the states as well.
  const storage = synthesis
    .graph(environment())
    .all("google_project_iam_member")
    .filter((resource) => resource.string("role")?.startsWith("roles/storage."));
  expect(storage.map((resource) => resource.blocks("condition")[0]?.string("expression"))).toEqual([
    ["netra-staging-terraform-state", "netra-staging-terraform-state-owner"]
      .map((name) => `projects/_/buckets/${name}`)
      .map((name) => `resource.name != "${name}" && !resource.name.startsWith("${name}/")`)
      .join(" && "),
  ]);
});

test.each([
  [
    "a stack that belongs to no environment",
    (app: App) => void new TerraformStack(app, "events"),
    'Stack events belongs to no environment: its name must start with "staging-". Extend PlatformStack, or name it plan.names.stack("events").',
  ],
  [
    "code that throws",
    () => {
      throw new TypeError("no topic");
    },
    /^The project's own stacks of environment staging cannot be made: TypeError: no topic \(test\/stacks\/own-stacks\.test\.ts:\d+\)$/,
  ],
])("%s is refused in one sentence", async (_, ownStacks, message) => {
  await expect(withOwn({ ownStacks })).rejects.toThrow(message);
});

describe("where workflows deploy, code of the project's own does not open the owner's states to them", () => {
  const delivered: Parameters<typeof environment>[0] = (draft) => {
    draft.state = { bucket: "netra-staging-terraform-state" };
    draft.delivery = delivery;
  };
  const member = "serviceAccount:staging-deployer@netra-staging.iam.gserviceaccount.com";
  class OwnStack extends PlatformStack {
    constructor(app: App, plan: PlatformPlan, add: (stack: PlatformStack, project: string) => void) {
      super(app, plan, "own");
      add(this, plan.project);
    }
  }
  const refused = (
    add: (stack: PlatformStack, project: string) => void,
    deployerRoles: OwnStacks["deployerRoles"] = {},
  ) => withOwn({ ownStacks: (app, plan) => void new OwnStack(app, plan, add), deployerRoles }, delivered);

  test.each([
    "roles/storage.admin",
    "roles/storage.objectViewer",
    "roles/owner",
    "roles/editor",
    "roles/iam.roleAdmin",
    "roles/iam.serviceAccountTokenCreator",
    "roles/resourcemanager.projectIamAdmin",
    "roles/dataflow.worker",
    "roles/compute.serviceAgent",
  ])("a grant of %s in the project is refused: the deployer may grant it to itself", async (role) => {
    const message = new RegExp(`^staging-own/grant grants ${role} in the project: it reaches `);
    await expect(
      refused((stack, project) => void new ProjectIamMember(stack, "grant", { project, role, member })),
    ).rejects.toThrow(message);
    await expect(
      refused((stack, project) => {
        const grant = new ProjectIamMember(stack, "grant", { project, role: "roles/viewer", member });
        grant.addOverride("role", role);
      }),
    ).rejects.toThrow(message);
  });

  test.each<[string, (stack: PlatformStack, project: string) => void, string]>([
    [
      "a policy of the project",
      (stack, project) => void new ProjectIamPolicy(stack, "x", { project, policyData: "{}" }),
      "staging-own/x (google_project_iam_policy) sets every grant of the project, the deployer's among them.",
    ],
    [
      "a role that Terraform computes",
      (stack, project) => {
        const role = `\${lower("roles/Storage.admin")}`;
        new ProjectIamMember(stack, "x", { project, role, member });
      },
      'staging-own/x grants a role in the project that Terraform computes (${lower("roles/Storage.admin")}): what the deployer may grant is decided at synth. Write the role out.',
    ],
    [
      "a role of its own that writes objects",
      (stack) => {
        const permissions = ["pubsub.topics.get", "storage.objects.create"];
        new ProjectIamCustomRole(stack, "x", { roleId: "events", title: "Events", permissions });
      },
      "staging-own/x is a role with storage.objects.create: granted in the project it reaches every bucket of the project",
    ],
    [
      "the bucket of the states by its other name",
      (stack) => {
        const bucket = "b/netra-staging-terraform-state";
        new StorageBucketIamMember(stack, "x", { bucket, role: "roles/storage.admin", member });
      },
      "staging-own/x (google_storage_bucket_iam_member) is about b/netra-staging-terraform-state, a bucket of Terraform states",
    ],
  ])("%s is refused", async (_, add, message) => {
    await expect(refused(add)).rejects.toThrow(message);
  });

  test("a role of its own that does not reach them is granted", async () => {
    const add = (stack: PlatformStack, project: string): void => {
      const permissions = ["pubsub.topics.get"];
      const role = new ProjectIamCustomRole(stack, "x", { roleId: "events", title: "Events", permissions });
      new ProjectIamMember(stack, "grant", { project, role: role.name, member });
    };
    await expect(
      refused(add, { google_project_iam_custom_role: "roles/serviceusage.serviceUsageConsumer" }),
    ).resolves.toBeDefined();
  });

  test("a grant of what reads, or of another service, is none of that", async () => {
    const add = (stack: PlatformStack, project: string): void => {
      for (const [id, role] of [
        "roles/pubsub.publisher",
        "roles/iam.securityReviewer",
        "roles/viewer",
      ].entries())
        new ProjectIamMember(stack, `grant-${id}`, { project, role, member });
    };
    await expect(refused(add)).resolves.toBeDefined();
  });

  test("so is one in a stack of the platform, and a grant or an object in a bucket of states", async () => {
    await expect(
      withOwn(
        {
          ownStacks: (_, { project }, { network }) =>
            void new ProjectIamMember(network, "more", { project, role: "roles/storage.admin", member }),
        },
        delivered,
      ),
    ).rejects.toThrow(/^staging-network\/more grants roles\/storage\.admin in the project/);
    for (const bucket of ["netra-staging-terraform-state", "netra-staging-terraform-state-owner"]) {
      const about = new RegExp(
        `^staging-own/x \\(google_storage_bucket\\w*\\) is about ${bucket}, a bucket of Terraform states`,
      );
      await expect(
        refused(
          (stack) =>
            void new StorageBucketIamMember(stack, "x", { bucket, role: "roles/storage.admin", member }),
        ),
      ).rejects.toThrow(about);
      await expect(
        refused((stack) => void new StorageBucket(stack, "x", { name: bucket, location: "EU" })),
      ).rejects.toThrow(about);
    }
  });

  test.each([
    ["roles/iam.roleAdmin"],
    ["roles/owner"],
    [["storage.objects.create"]],
    [["iam.roles.update"]],
    [["resourcemanager.projects.setIamPolicy"]],
  ])("deployerRoles gives it no %s", async (role) => {
    const type = "google_workflows_workflow";
    const add = (stack: PlatformStack): void =>
      void new WorkflowsWorkflow(stack, "nightly", { name: "nightly", region: "europe-west1" });
    await expect(refused(add, { [type]: role })).rejects.toThrow(
      `deployerRoles gives the deployer ${[role].flat()[0]} for ${type}: it reaches `,
    );
  });
});

test("a stack of the project's own does not take the name of the one that only an owner applies", async () => {
  const ownStacks: OwnStacks["ownStacks"] = (app) => void new TerraformStack(app, "staging-delivery");
  await expect(withOwn({ ownStacks })).rejects.toThrow(
    "Stack staging-delivery has the name of the stack that only an owner applies: choose another one.",
  );
});
