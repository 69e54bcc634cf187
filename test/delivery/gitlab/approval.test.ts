import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Gitlab } from "../../../delivery/gitlab/api.ts";
import { gitlabApprovalIssues } from "../../../delivery/gitlab/approval.ts";

const SETTINGS = { approval: "production", branch: "main", repositoryId: "42", ownerId: "7" };

const PROTECTED = "/api/v4/projects/42/protected_branches?per_page=100&page=1";
const MAINTAINERS = { id: 1, access_level: 40, access_level_description: "Maintainers" };
/** A protection as GitLab describes it. */
const protection = (change: object = {}) => ({
  id: 1,
  name: "main",
  push_access_levels: [{ id: 2, access_level: 0, access_level_description: "No one" }],
  merge_access_levels: [MAINTAINERS],
  allow_force_push: false,
  unprotect_access_levels: [],
  ...change,
});

let server: Server;
let answers: Record<string, unknown>;
beforeEach(async () => {
  answers = {
    "/api/v4/projects/42": {
      id: 42,
      namespace: { id: 7 },
      allow_pipeline_trigger_approve_deployment: false,
      ci_pipeline_variables_minimum_override_role: "no_one_allowed",
    },
    "/api/v4/projects/42/protected_environments/production": { approval_rules: [{ required_approvals: 1 }] },
    "/api/v4/projects/42/repository/branches/main": { name: "main", protected: true },
    [PROTECTED]: [protection()],
  };
  server = createServer((request, response) => {
    const found = answers[request.url ?? ""];
    response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { message: "404 Not found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function issues(): Promise<string[]> {
  const { port } = server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}/api/v4`;
  const gitlab = new Gitlab({ api, project: "42", token: "secret", sleep: async () => {} });
  return gitlabApprovalIssues(gitlab, SETTINGS);
}

test("a protected branch and an environment that asks another person are enough", async () => {
  expect(await issues()).toEqual([]);
});

test("everything that is missing is named at once", async () => {
  answers = {
    "/api/v4/projects/42": {
      id: 42,
      namespace: { id: 8 },
      allow_pipeline_trigger_approve_deployment: true,
      ci_pipeline_variables_minimum_override_role: "developer",
    },
    "/api/v4/projects/42/repository/branches/main": { name: "main", protected: false },
    "/api/v4/projects/42/protected_environments/production": {
      required_approval_count: 0,
      approval_rules: [],
    },
  };
  expect(await issues()).toEqual([
    "delivery.ownerId is 7, and the namespace of project 42 has the id 8",
    'people with the role developer may set variables of a pipeline, which run other code in a deployment than what was approved: set "Minimum role to use pipeline variables" to "No one allowed"',
    "the branch main is not protected: no job may deploy; protect it, with merges by Maintainers and pushes by no one",
    'the environment "production" asks nobody: whoever merges deploys; give it an approval rule',
    'the project lets people approve their own deployments: switch off "Allow pipeline triggerer to approve deployment"',
  ]);
});

test("an environment that is not protected, and a project that is not there", async () => {
  delete answers["/api/v4/projects/42/protected_environments/production"];
  expect(await issues()).toEqual([
    'the environment "production" is not protected: no job may deploy; protect it, with approval rules (GitLab Premium)',
  ]);
  answers = {};
  expect(await issues()).toEqual([
    "the project does not exist, or the token may not read it: fix delivery.repositoryId, or the token",
  ]);
});

test("another shape than documented is no approval", async () => {
  answers["/api/v4/projects/42"] = { id: "x" };
  await expect(issues()).rejects.toThrow(/^GitLab describes the project in an unknown shape/);
});

describe("who may write the branch past a merge request", () => {
  const pushes = (who: string) => [
    `the branch main takes pushes of ${who}: what is pushed has no merge request in which somebody reviews it; set "Allowed to push and merge" to "No one"`,
  ];

  // The kind of fault: somebody who may push is not seen.
  test.each<[string, object[], string]>([
    ["a role", [protection({ push_access_levels: [MAINTAINERS] })], "Maintainers"],
    [
      "a deploy key, a user and a group, whose role is not what counts",
      [
        protection({
          push_access_levels: [
            { ...MAINTAINERS, access_level_description: "Deploy key", deploy_key_id: 5 },
            { id: 3, access_level: null, access_level_description: "A. Person", user_id: 6 },
            { id: 4, access_level: null, access_level_description: "Team", group_id: 7 },
          ],
        }),
      ],
      "deploy key 5, user 6, group 7",
    ],
    [
      "a level without a description",
      [protection({ push_access_levels: [{ access_level: 60 }] })],
      "the access level 60",
    ],
    [
      "a wildcard that is wider than the branch's own protection",
      [protection(), protection({ name: "ma*", push_access_levels: [MAINTAINERS] })],
      "Maintainers",
    ],
  ])("%s", async (_, protections, who) => {
    answers[PROTECTED] = protections;
    expect(await issues()).toEqual(pushes(who));
  });

  test("nobody, where only other branches take pushes", async () => {
    const open = { push_access_levels: [MAINTAINERS], allow_force_push: true };
    answers[PROTECTED] = [
      protection({ name: "m*n" }),
      ...["main-*", "mai", "m.in", "*/main"].map((name) => protection({ ...open, name })),
    ];
    expect(await issues()).toEqual([]);
  });

  test("a branch that may be rewritten", async () => {
    answers[PROTECTED] = [protection(), protection({ name: "*", allow_force_push: true })];
    expect(await issues()).toEqual(['the branch main may be rewritten: switch off "Allowed to force push"']);
  });

  test("another shape than documented is no protection", async () => {
    answers[PROTECTED] = [protection({ push_access_levels: "none" })];
    await expect(issues()).rejects.toThrow(/^GitLab describes a protected branch in an unknown shape/);
  });
});
