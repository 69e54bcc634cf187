import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Github } from "../../../delivery/github/api.ts";
import { approvalIssues } from "../../../delivery/github/approval.ts";

const SETTINGS = { approval: "production", branch: "main", repositoryId: "700112233", ownerId: "9911822" };

/** Answers in the shape of GitHub's documentation, with an environment as docs/delivery.md asks for. */
const reviewers = {
  id: 3736,
  node_id: "MDQ6R2F0ZTM3MzY=",
  type: "required_reviewers",
  prevent_self_review: true,
  reviewers: [{ type: "User", reviewer: { login: "octocat", id: 1, type: "User", site_admin: false } }],
};
const environment = {
  id: 161088068,
  node_id: "MDExOkVudmlyb25tZW50MTYxMDg4MDY4",
  name: "production",
  url: "https://api.github.com/repos/acme/platform/environments/production",
  html_url: "https://github.com/acme/platform/deployments/activity_log?environments_filter=production",
  created_at: "2026-11-23T22:00:40Z",
  updated_at: "2026-11-23T22:00:40Z",
  can_admins_bypass: false,
  protection_rules: [{ id: 3515, node_id: "MDQ6R2F0ZTM1MTU=", type: "branch_policy" }, reviewers] as object[],
  deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } as object | null,
};
const answers = {
  "": { id: 700112233, node_id: "R_1", name: "platform", owner: { login: "acme", id: 9911822 } } as unknown,
  "/environments/production": environment as unknown,
  "/environments/production/deployment-branch-policies": {
    total_count: 1,
    branch_policies: [{ id: 361471, node_id: "x", name: "main", type: "branch" }],
  } as unknown,
};

let server: Server;
let replies: Partial<typeof answers>;
beforeEach(async () => {
  replies = { ...answers };
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://github");
    const found = replies[pathname.replace("/repos/acme/platform", "") as keyof typeof answers];
    const status = request.headers.authorization !== "Bearer secret" ? 401 : found === undefined ? 404 : 200;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? found : { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

function issues(token = "secret"): Promise<string[]> {
  const { port } = server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}`;
  return approvalIssues(
    new Github({ api, repository: "acme/platform", token, sleep: async () => {} }),
    SETTINGS,
  );
}

const changed = (change: Partial<typeof environment>): void => {
  replies["/environments/production"] = { ...environment, ...change };
};

describe("a deployment waits for another person", () => {
  test("with required reviewers, no self-review, and main alone", async () => {
    expect(await issues()).toEqual([]);
  });

  test.each<[string, () => void, string]>([
    [
      "not where the environment does not exist: GitHub would create it without rules",
      () => {
        delete replies["/environments/production"];
      },
      'the environment "production" does not exist, and the first deployment would create it without reviewers: create it with required reviewers, "Prevent self-review", and main as its only branch',
    ],
    [
      "not without reviewers",
      () => changed({ protection_rules: [] }),
      'the environment "production" has no required reviewers: whoever merges deploys; name at least one',
    ],
    [
      "not with a rule that names nobody",
      () => changed({ protection_rules: [{ ...reviewers, reviewers: [] }] }),
      'the environment "production" has no required reviewers: whoever merges deploys; name at least one',
    ],
    [
      "not where people approve their own",
      () => changed({ protection_rules: [{ ...reviewers, prevent_self_review: false }] }),
      'the environment "production" lets people approve their own deployments: switch on "Prevent self-review"',
    ],
    [
      "not where administrators need none",
      () => changed({ can_admins_bypass: true }),
      'the environment "production" lets administrators of the repository deploy without an approval: switch off "Allow administrators to bypass configured protection rules"',
    ],
    [
      "not from every branch",
      () => changed({ deployment_branch_policy: null }),
      'the environment "production" takes deployments from every branch: choose "Selected branches and tags", with the branch main alone',
    ],
    [
      "not from every protected branch",
      () =>
        changed({ deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } }),
      'the environment "production" takes deployments from every protected branch: choose "Selected branches and tags", with the branch main alone',
    ],
    [
      "not from a branch besides main",
      () => {
        const branch_policies = [{ name: "main" }, { name: "release/*" }];
        replies["/environments/production/deployment-branch-policies"] = { total_count: 2, branch_policies };
      },
      'the environment "production" takes deployments from main, release/*: choose "Selected branches and tags", with the branch main alone',
    ],
    [
      "not from a tag of that name, which whoever pushes may create",
      () => {
        const branch_policies = [{ name: "main", type: "tag" }];
        replies["/environments/production/deployment-branch-policies"] = { total_count: 1, branch_policies };
      },
      'the environment "production" takes deployments from the tag main: choose "Selected branches and tags", with the branch main alone',
    ],
    [
      "not in a repository that took over the name",
      () => {
        replies[""] = { id: 1, owner: { id: 9911822 } };
      },
      "delivery.repositoryId is 700112233, and the repository has the id 1",
    ],
    [
      "not where the token sees no repository",
      () => {
        delete replies[""];
      },
      "the repository does not exist, or the token may not read it: fix delivery.repository, or the token",
    ],
  ])("%s", async (_, change, sentence) => {
    change();
    expect(await issues()).toEqual([sentence]);
  });
});

test("what GitHub does not say is no yes", async () => {
  await expect(issues("other")).rejects.toThrow("returned 401: the token is not valid");
  changed({ protection_rules: "none" as unknown as object[] });
  await expect(issues()).rejects.toThrow(
    'GitHub describes the environment "production" in an unknown shape (protection_rules: ',
  );
});
