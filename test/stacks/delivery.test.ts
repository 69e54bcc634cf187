import { describe, expect, test } from "@jest/globals";
import { App } from "cdktf";
import { deliveryAccess } from "../../platform/delivery/access.ts";
import { platformPlan } from "../../platform/plan.ts";
import type { Environment } from "../../platform/schema/environment.ts";
import { minutes } from "../../platform/units.ts";
import { escalationOf } from "../../resources/escalating-roles.ts";
import { resourceTypes } from "../../resources/registry.ts";
import { GRANTS, requiredRoles } from "../../resources/required-roles.ts";
import { DeliveryStack } from "../../stacks/delivery-stack.ts";
import { stackContents } from "../../stacks/stack-contents.ts";
import { type Draft, environment, issues, production } from "../support/environments.ts";
import { findings, type Json, resource, resources, synthesized } from "../support/synthesized.ts";

/** Numbers as GitHub and Google give them; those of the real repository are its owners' to look up. */
const delivery = {
  repository: "acme/platform",
  repositoryId: "700112233",
  ownerId: "9911822",
  projectNumber: "123456789012",
};

function withDelivery(change: (draft: Draft) => void = () => {}): Environment {
  return environment((draft) => {
    draft.state = { bucket: "acme-staging-terraform-state" };
    draft.delivery = { ...delivery };
    change(draft);
  });
}

/** Types of Google's resources in all stacks but the delivery's. */
function typesOf(stacks: Record<string, Json>): string[] {
  const types = Object.entries(stacks)
    .filter(([name]) => !name.endsWith("-delivery"))
    .flatMap(([, json]) => Object.keys(json.resource));
  return [...new Set(types)].filter((type) => type.startsWith("google_")).sort();
}

const stacks = synthesized(withDelivery());
const json = stacks["staging-delivery"];
const conditions = resources(json, "google_iam_workload_identity_pool_provider").map(
  (provider) => provider.attribute_condition,
);
const rolesOf = (account: string): string[] =>
  resources(json, "google_project_iam_member")
    .filter(({ member }) => member.includes(`.${account}_`))
    .map(({ role }) => role)
    .sort();

describe("who is let in", () => {
  test("only jobs of the repository, by ids, and a deployer only from main after the approval", () => {
    const repository = 'assertion.repository_id == "700112233" && assertion.repository_owner_id == "9911822"';
    expect(conditions).toEqual([
      `${repository} && assertion.ref == "refs/heads/main" && assertion.environment == "staging"`,
      repository,
    ]);
    expect(conditions.join()).not.toContain("acme");
  });

  test("each account has a pool of its own, so that no planner's token becomes a deployer", () => {
    expect(
      resources(json, "google_iam_workload_identity_pool").map((pool) => pool.workload_identity_pool_id),
    ).toEqual(["staging-deploy", "staging-plan"]);
    const users = resources(json, "google_service_account_iam_member").filter(
      ({ role }) => role === "roles/iam.workloadIdentityUser",
    );
    expect(users.map(({ member }) => member)).toEqual([
      expect.stringMatching(
        /workload_identity_pool\.deployer_Pool_\w+\.name}\/attribute\.repository_id\/700112233$/,
      ),
      expect.stringMatching(
        /workload_identity_pool\.planner_Pool_\w+\.name}\/attribute\.repository_id\/700112233$/,
      ),
    ]);
  });

  test("the approval may have another name than the environment", () => {
    const named = withDelivery((draft) => {
      draft.delivery.approval = "europe-live";
    });
    const [deployer] = resources(
      synthesized(named)["staging-delivery"],
      "google_iam_workload_identity_pool_provider",
    );
    expect(deployer.attribute_condition).toContain('assertion.environment == "europe-live"');
    expect(deliveryAccess(platformPlan(named))?.approval).toBe("europe-live");
  });

  test("the workflows sign in at what the stack makes", () => {
    expect(deliveryAccess(platformPlan(withDelivery()))).toEqual({
      environment: "staging",
      approval: "staging",
      planProvider:
        "projects/123456789012/locations/global/workloadIdentityPools/staging-plan/providers/github",
      planner: "staging-planner@netra-staging.iam.gserviceaccount.com",
      deployProvider:
        "projects/123456789012/locations/global/workloadIdentityPools/staging-deploy/providers/github",
      deployer: "staging-deployer@netra-staging.iam.gserviceaccount.com",
      rollout: false,
    });
    expect(
      resources(json, "google_service_account")
        .map(({ account_id }) => account_id)
        .sort(),
    ).toEqual(["staging-deployer", "staging-planner"]);
    expect(deliveryAccess(platformPlan(environment()))).toBeUndefined();
  });
});

describe("what the deployer may do", () => {
  test("has the rights for every type in the stacks, and none besides", () => {
    const { roles } = requiredRoles(typesOf(stacks));
    expect(rolesOf("deployer")).toEqual(
      [...roles, expect.stringContaining("google_project_iam_custom_role.deploy-role")].sort(),
    );
    for (const role of roles) {
      const needs = typesOf(stacks).filter((type) => requiredRoles([type]).roles.includes(role));
      expect([role, needs.length > 0]).toEqual([role, true]);
    }
    expect(roles).not.toContain("roles/owner");
    expect(roles).not.toContain("roles/editor");
  });

  test("knows what the types of every environment take", () => {
    // Where nobody delivers, a person gives the guard what a deployer must not be able to give.
    const all = typesOf(synthesized(withDelivery(), { ...production(), delivery: withDelivery().delivery }));
    for (const type of all) {
      const { roles, permissions } = requiredRoles([type]);
      expect([type, roles.length + permissions.length > 0]).toEqual([type, true]);
    }
    expect(requiredRoles(["google_spanner_instance"]).unknown).toEqual(["google_spanner_instance"]);
    expect(
      requiredRoles(["google_spanner_instance"], { google_spanner_instance: "roles/spanner.admin" }),
    ).toEqual({
      roles: ["roles/spanner.admin"],
      permissions: [],
      unknown: [],
    });
  });

  test("loses a role with the last resource that needs it", () => {
    const roles = requiredRoles(typesOf(stacks).filter((type) => type !== "google_redis_instance")).roles;
    expect(roles).not.toContain("roles/redis.admin");
    expect(requiredRoles(["kubernetes_manifest"])).toEqual({ roles: [], permissions: [], unknown: [] });
  });

  /** The kind: a role that a type of resource takes, and that holds for every bucket or account of the project. */
  test("gets no role from the catalogue that reaches the owner's states, but those under a condition", () => {
    const required = resourceTypes.flatMap(({ type }) => {
      const { roles, permissions } = requiredRoles([type]);
      return [...roles, ...permissions].filter((role) => escalationOf(role) !== undefined);
    });
    expect([...new Set(required)].sort()).toEqual([GRANTS, "roles/storage.admin"]);
  });

  test("reads no secret, becomes no other account, and gives only the roles that the stacks give", () => {
    const deploy = resources(json, "google_project_iam_custom_role").find(
      ({ role_id }) => role_id === "staging_deploy",
    );
    expect(deploy.permissions).not.toContain("secretmanager.versions.access");
    expect(deploy.permissions).not.toContain("iam.serviceAccounts.setIamPolicy");
    expect(deploy.permissions).not.toContain("iam.serviceAccounts.actAs");
    const [grants] = resources(json, "google_project_iam_member").filter(
      ({ role }) => role === "roles/resourcemanager.projectIamAdmin",
    );
    expect(grants.condition.expression).toBe(
      "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/cloudsql.client', 'roles/logging.viewer', 'roles/monitoring.viewer'])",
    );
  });

  describe("in the bucket of the states", () => {
    const bucket = "acme-staging-terraform-state";
    const grantsOf = (delivery: Json) =>
      resources(delivery, "google_storage_bucket_iam_member").filter(({ member }) =>
        member.includes("deployer"),
      );
    /** Whether a condition lets a request for an object through: terms that are prefixes, with !, && and ||. */
    const admits = (expression: string, object: string): boolean => {
      const name = `projects/_/buckets/${bucket}/objects/${object}`;
      const terms = expression.replaceAll(/resource\.name\.startsWith\(("[^"]+")\)/g, (_, prefix) =>
        String(name.startsWith(JSON.parse(prefix))),
      );
      expect(terms).toMatch(/^[()!&| truefals]+$/);
      return new Function(`return ${terms}`)() as boolean;
    };
    const mayWrite = (delivery: Json, object: string): boolean =>
      grantsOf(delivery).some(
        ({ role, condition }) => role === "roles/storage.objectUser" && admits(condition.expression, object),
      );

    test("writes the states of the stacks that it deploys, their locks, and the ledger", () => {
      for (const stack of Object.keys(stacks).filter((name) => !name.endsWith("-delivery")))
        for (const object of [`${stack}/default.tfstate`, `${stack}/default.tflock`])
          expect([object, mayWrite(json, object)]).toEqual([object, true]);
      expect(mayWrite(json, "rollout/staging.json")).toBe(true);
    });

    test.each([
      "staging-delivery/default.tfstate",
      "staging-delivery/default.tflock",
      "prod-data/default.tfstate",
      "rollout/production.json",
      "default.tfstate",
    ])("does not write %s: Terraform runs the providers that a state names", (object) => {
      expect(mayWrite(json, object)).toBe(false);
    });

    test("has no role that reaches around the conditions, and reads no object by listing them", () => {
      expect(rolesOf("deployer").join()).not.toMatch(/storage|roles\/(owner|editor)/);
      const [list] = grantsOf(json).filter(({ role }) => role === "roles/storage.objectViewer");
      expect(list.condition.expression).toBe('resource.type == "storage.googleapis.com/Bucket"');
    });
  });

  test("holds nothing on the bucket of what only an owner applies, whose state is there, and neither does the watchdog", () => {
    const owners = "acme-staging-terraform-state-owner";
    expect(json.terraform.backend.gcs).toEqual({ bucket: owners, prefix: "staging-delivery" });
    for (const [name, stack] of Object.entries(stacks).filter(([name]) => name !== "staging-delivery"))
      expect([name, JSON.stringify(stack).includes(owners)]).toEqual([name, false]);
    const members = resources(json, "google_storage_bucket_iam_member").filter(
      ({ bucket }) => bucket === owners,
    );
    expect(members.map(({ role, member }) => [role, /planner|deployer|guard/.exec(member)?.[0]])).toEqual([
      ["roles/storage.objectViewer", "planner"],
    ]);
    const named = withDelivery((draft) => {
      draft.state = { bucket: "acme-staging-terraform-state", ownerBucket: "acme-owners" };
    });
    expect(synthesized(named)["staging-delivery"].terraform.backend.gcs.bucket).toBe("acme-owners");
  });

  test("runs as the identities of the stacks, one by one", () => {
    const targets = resources(json, "google_service_account_iam_member")
      .filter(({ role }) => role === "roles/iam.serviceAccountUser")
      .map(({ service_account_id }) => service_account_id);
    for (const name of ["auth-run", "backend-run", "frontend-run", "scheduler"]) {
      expect(targets).toContain(
        `projects/netra-staging/serviceAccounts/staging-${name}@netra-staging.iam.gserviceaccount.com`,
      );
    }
    expect(targets.join()).not.toContain("deployer");
  });
});

describe("what the guard of rollouts may do", () => {
  const guard = "serviceAccount:staging-rollout-guard@netra-staging.iam.gserviceaccount.com";

  test("moves traffic of the services and neither creates nor deletes them, reads what judges them, and runs itself", () => {
    const own = stacks["staging-guard"];
    const role = resources(json, "google_project_iam_custom_role").find(
      ({ role_id }) => role_id === "staging_guard",
    );
    expect(role.permissions).toEqual(["run.revisions.get", "run.services.get", "run.services.update"]);
    const movers = resources(json, "google_cloud_run_v2_service_iam_member");
    expect(movers.map(({ name }) => name)).toEqual([
      "staging-auth",
      "netra-backend-staging",
      "staging-frontend",
    ]);
    for (const { role } of movers)
      expect(role).toMatch(/google_project_iam_custom_role\.guard-grants_Role_\w+\.name/);
    expect(resources(own, "google_cloud_run_v2_service_iam_member")).toEqual([]);
    expect(resources(own, "google_project_iam_member").map(({ role }) => role)).toEqual([
      "roles/logging.viewer",
      "roles/monitoring.viewer",
    ]);
    expect(resource(own, "google_cloud_scheduler_job").schedule).toBe("* * * * *");
    const [container] = resource(own, "google_cloud_run_v2_job").template.template.containers;
    expect(container.command).toEqual(["/nodejs/bin/node", "/guard.cjs"]);
    expect(JSON.parse(container.env[0].value)).toMatchObject({ name: "staging", rollout: { lease: 180 } });
    expect(container.env[0].value).not.toContain("sha256");
  });

  test("gets the ledger without the states beside it, and what lets it act as the services, from a person", () => {
    expect(resources(stacks["staging-guard"], "google_storage_bucket_iam_member")).toEqual([]);
    const [ledger] = resources(json, "google_storage_bucket_iam_member").filter(
      ({ member }) => member === guard,
    );
    expect(ledger.condition.expression).toBe(
      'resource.name.startsWith("projects/_/buckets/acme-staging-terraform-state/objects/rollout/staging.json")',
    );
    expect(
      resources(json, "google_service_account_iam_member").filter(({ member }) => member === guard),
    ).toHaveLength(3);
  });

  test("is not there where nobody in the project can read the ledger", () => {
    expect(Object.keys(synthesized(environment()))).not.toContain("staging-guard");
  });
});

describe("what the planner may do", () => {
  test("reads, writes drift to the log, and no more than reads the states", () => {
    expect(rolesOf("planner")).toEqual([
      expect.stringContaining("google_project_iam_custom_role.plan-role"),
      "roles/iam.roleViewer",
      "roles/iam.securityReviewer",
      "roles/iam.workloadIdentityPoolViewer",
      "roles/logging.logWriter",
      "roles/viewer",
    ]);
    const plan = resources(json, "google_project_iam_custom_role").find(
      ({ role_id }) => role_id === "staging_plan",
    );
    expect(plan.permissions).toEqual(["redis.instances.getAuthString"]);
    expect(
      resources(json, "google_storage_bucket_iam_member").map(({ bucket, role, member }) => [
        bucket,
        role,
        /planner|deployer|guard/.exec(member)?.[0],
      ]),
    ).toEqual([
      ["acme-staging-terraform-state", "roles/storage.objectUser", "guard"],
      ["acme-staging-terraform-state-owner", "roles/storage.objectViewer", "planner"],
      ["acme-staging-terraform-state", "roles/storage.objectUser", "deployer"],
      ["acme-staging-terraform-state", "roles/storage.objectViewer", "deployer"],
      ["acme-staging-terraform-state", "roles/storage.objectViewer", "planner"],
    ]);
  });
});

describe("the stack", () => {
  test("is there only where an environment is delivered, and the rules find nothing in it", () => {
    expect(Object.keys(synthesized(environment()))).not.toContain("staging-delivery");
    expect(findings(withDelivery()).filter(({ address }) => address.includes("delivery"))).toEqual([]);
    expect(findings(withDelivery())).toEqual(
      findings(
        environment((d) => {
          d.state = { bucket: "acme-staging-terraform-state" };
        }),
      ),
    );
  });

  test("switches on what signing in needs, before everything else in it", () => {
    expect(
      resources(json, "google_project_service")
        .map(({ service }) => service)
        .sort(),
    ).toEqual(["iamcredentials.googleapis.com", "run.googleapis.com", "sts.googleapis.com"]);
    for (const pool of resources(json, "google_iam_workload_identity_pool"))
      expect(pool.depends_on).toHaveLength(3);
  });

  test("gives nothing where there is nothing to deploy", () => {
    const app = new App();
    const stack = new DeliveryStack(app, platformPlan(withDelivery()), stackContents([]));
    const alone = JSON.parse(JSON.stringify(stack.toTerraform()));
    expect(
      resources(alone, "google_project_iam_member").filter(({ member }) => member.includes("deployer")),
    ).toEqual([]);
    expect(resources(alone, "google_project_iam_custom_role").map(({ role_id }) => role_id)).toEqual([
      "staging_plan",
      "staging_guard",
    ]);
  });
});

describe("a delivery that cannot work", () => {
  test("rolls out where there are gates, and where a job lasts long enough", () => {
    const rolledOut = (change: Parameters<typeof issues>[0] = () => {}) =>
      issues((draft) => {
        draft.state = { bucket: "acme-staging" };
        draft.delivery = { ...delivery, rollout: true };
        change(draft);
      });
    expect(rolledOut()).toEqual([]);
    expect(
      rolledOut((draft) => {
        draft.preflight = undefined;
        draft.validation = undefined;
      }).filter((issue) => issue.startsWith("delivery.")),
    ).toEqual([expect.stringContaining("a rollout probes each new revision with the preflight")]);
    expect(
      rolledOut((draft) => {
        draft.deadlines = { ...draft.deadlines, soak: minutes(120) };
      }).filter((issue) => issue.startsWith("delivery.")),
    ).toEqual([
      expect.stringMatching(
        /^delivery\.rollout is true: .*takes at least \d+ s, and a job of GitHub has 18000 s/,
      ),
    ]);
  });

  test("needs a state that outlives the runner", () => {
    expect(
      issues((draft) => {
        draft.delivery = delivery;
      }),
    ).toEqual([expect.stringContaining("workflows need a state that outlives their runner")]);
  });

  test.each([
    [
      { bucket: "acme-staging", ownerBucket: "acme-staging" },
      "state.ownerBucket",
      "the deployer writes state.bucket",
    ],
    [
      { bucket: "b".repeat(58) },
      "state.bucket",
      'with "-owner" it names the bucket of the owner\'s states, and it has 3 to 63 characters',
    ],
    [{ bucket: "states.acme.com" }, "state.bucket", "a name with dots is that of a domain"],
    [{ bucket: "acme", ownerBucket: "goog-owners" }, "state.ownerBucket", 'it must not begin with "goog"'],
    [{ bucket: "Acme" }, "state.bucket", "a Cloud Storage bucket name"],
    [{ bucket: "acme", ownerBucket: "Owners" }, "state.ownerBucket", "a Cloud Storage bucket name"],
  ])("keeps its owner's states in a bucket of their own: %j", (state, path, allowed) => {
    const said = issues((draft) => {
      draft.state = state;
      draft.delivery = delivery;
    });
    expect(said).toEqual([expect.stringContaining(allowed)]);
    expect(said[0]).toContain(path);
    expect(
      issues((draft) => {
        draft.state = { bucket: "b".repeat(57) };
        draft.delivery = delivery;
      }),
    ).toEqual([]);
  });

  test("needs ids, in which nothing but digits fits", () => {
    const said = issues((draft) => {
      draft.state = { bucket: "acme-staging-terraform-state" };
      draft.delivery = {
        ...delivery,
        repositoryId: '1" || true || "',
        ownerId: undefined,
        repository: "acme",
      };
    });
    expect(said).toHaveLength(3);
    expect(said.join("\n")).toContain("gh api repos/OWNER/NAME --jq .id");
    expect(said.join("\n")).toContain('a repository of GitHub, "owner/name"');
  });
});
