import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Gitlab } from "../../../delivery/gitlab/api.ts";
import { gitlabApprovalIssues } from "../../../delivery/gitlab/approval.ts";

const SETTINGS = { approval: "production", branch: "main", repositoryId: "42", ownerId: "7" };

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
    "the branch main is not protected: no job may deploy; protect it, with merges by Maintainers",
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
