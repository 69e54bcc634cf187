import type { ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { googleError } from "../support/google-api/error-form.ts";
import { describeWith } from "../support/programs.ts";
import { type Asked, type Reply, startGoogleApis } from "../support/servers/google-apis.ts";
import { ending, failure, google, line } from "./google.ts";
import { type Ended, type GateFolder, type Synthesized, synthesizedGate } from "./terraform-gate.ts";

let synthesized: Synthesized;
let folder: GateFolder;
let apis: Awaited<ReturnType<typeof startGoogleApis>>;
/** What Google answers; a test may change it. */
let reply: (asked: Asked) => Reply;

beforeAll(async () => {
  synthesized = await synthesizedGate();
});
afterAll(() => synthesized.remove());
beforeEach(async () => {
  reply = google();
  apis = await startGoogleApis((asked) => reply(asked));
  folder = synthesized.folder();
});
afterEach(async () => {
  await apis.stop();
  folder.remove();
});

function apply(variables: Record<string, string | undefined> = {}): Promise<Ended> {
  return folder.terraform(["apply", "-auto-approve"], { GOOGLE_API_ENDPOINT: apis.endpoint, ...variables });
}

const runs = (): number => ending(apis.asked, ":run").length;
const BROKEN = {
  backend: [
    line("backend", "database/connect", "database"),
    failure("backend", "cache/ping", "cache", "median 240 ms, limit 100 ms"),
    failure("backend", "cache/name", "names", "redis.staging.internal: name not resolved (error -3)"),
    failure("backend", "auth/answer", "services", "does not answer yet", { critical: false }),
  ],
};

test("every service stack waits for the preflight in the written manifest, and the preflight for data", () => {
  const { stacks } = synthesized.manifest;
  const services = Object.keys(stacks).filter((name) => name.startsWith("staging-service-"));
  expect(services).toHaveLength(3);
  for (const name of services) expect(stacks[name].dependencies).toContain("staging-preflight");
  expect(stacks["staging-preflight"].dependencies).toEqual(["staging-data"]);
});

describeWith(["terraform"], "the gate, applied by Terraform", () => {
  test("runs every job with one id, tells how it goes, and lets services through", async () => {
    const { code, said } = await apply();
    expect([code, folder.state()]).toEqual([0, ["terraform_data.gate", "terraform_data.service"]]);
    expect(said).toContain(
      "terraform_data.gate (local-exec): auth: started, execution staging-preflight-auth-x1",
    );
    expect(said).toContain("terraform_data.gate (local-exec): backend: passed, 1 of 1 check");
    expect(said).toContain("terraform_data.gate (local-exec): Preflight of staging passed.");
    const ids = ending(apis.asked, ":run").map(
      ({ body }) => JSON.parse(body).overrides.containerOverrides[0].env,
    );
    expect(ids).toHaveLength(3);
    expect(new Set(ids.map((env) => JSON.stringify(env))).size).toBe(1);
    expect(ids[0]).toEqual([{ name: "PREFLIGHT_ID", value: expect.stringMatching(/^gate-[0-9a-f-]{36}$/) }]);
  });

  test("a critical failure stops Terraform before the services, and says which check, why, who and what to do", async () => {
    reply = google(BROKEN);
    const { code, said } = await apply();
    expect([code, folder.state()]).toEqual([1, ["terraform_data.gate tainted"]]);
    const message = said.slice(said.indexOf("Error running command 'gate.cjs': exit status 1."));
    expect(message).toContain(
      [
        "Preflight of staging failed: no service was changed.",
        "auth: passed, 1 of 1 check",
        "backend: failed, 2 critical checks of 4",
        "  cache/name: redis.staging.internal: name not resolved (error -3)",
        "    infrastructure at fault. npm run drift -- staging shows drift of the private DNS zone.",
        "  cache/ping: median 240 ms, limit 100 ms",
        "    infrastructure at fault. Check the instance's load, clients and AUTH in Memorystore.",
        "  failed, and does not stop a deployment: auth/answer",
        "frontend: passed, 1 of 1 check",
        "Run the same command again once that is fixed.",
      ].join("\n"),
    );
  });

  test("is tainted by its failure, so that the next apply runs it again", async () => {
    reply = google(BROKEN);
    await apply();
    reply = google();
    const { code } = await apply();
    expect([code, folder.state(), runs()]).toEqual([0, ["terraform_data.gate", "terraform_data.service"], 6]);
  });

  test("what is not critical stops nothing", async () => {
    reply = google({ frontend: [failure("frontend", "auth/answer", "services", "no", { critical: false })] });
    const { code, said } = await apply();
    expect(code).toBe(0);
    expect(said).toContain("frontend: passed, 0 of 1 check, 1 failure that does not stop a deployment");
  });

  test("runs again where a number that it depends on changes, which the plan shows, and not otherwise", async () => {
    await apply();
    expect([(await apply()).said.includes("No changes."), runs()]).toEqual([true, 3]);
    folder.change((gate) => {
      gate.triggers_replace.database = gate.triggers_replace.database.replace("1250", "1300");
    });
    const { code, said } = await apply();
    expect([code, runs()]).toEqual([0, 6]);
    expect(said).toMatch(/~ database += ".*max_connections 1250" -> ".*max_connections 1300" *\n/);
    expect(said).toContain("terraform_data.gate must be replaced");
  });

  test("does not run where it is destroyed", async () => {
    await apply();
    const { code } = await folder.terraform(["destroy", "-auto-approve"], {
      GOOGLE_API_ENDPOINT: apis.endpoint,
    });
    expect([code, folder.state(), runs()]).toEqual([0, [], 3]);
  });

  describe("what it needs", () => {
    test("credentials: without them one sentence for all services", async () => {
      const { code, said } = await apply({ GOOGLE_OAUTH_ACCESS_TOKEN: undefined });
      expect(code).toBe(1);
      expect(said).toContain("gate.cjs': exit status 2.");
      expect(said).toContain(
        'could not check: There are no Google credentials: run "gcloud auth application-default login", or set GOOGLE_OAUTH_ACCESS_TOKEN.',
      );
      expect(apis.asked).toEqual([]);
    });

    test("secret versions: Cloud Run's refusal is told with the command that lists them", async () => {
      const usual = google();
      const message = "Secret projects/1/secrets/redis-auth/versions/1 was not found";
      reply = (asked) =>
        asked.url.pathname.endsWith("preflight-backend:run")
          ? { status: 400, body: googleError(400, message) }
          : usual(asked);
      const { said } = await apply();
      expect(said).toContain(
        `backend: could not check: Cloud Run refuses to run staging-preflight-backend (${message}): a secret has no version yet, or its job may not read it: "npm run secrets -- staging" lists those that are missing`,
      );
      expect(said).toContain("auth: passed, 1 of 1 check");
    });

    test("a token: one that expires in the middle and cannot be renewed ends in a sentence", async () => {
      const usual = google();
      reply = (asked) => (asked.url.pathname.endsWith("/entries:list") ? { status: 401 } : usual(asked));
      const { code, said } = await apply();
      expect(code).toBe(1);
      expect(said).toContain("GOOGLE_OAUTH_ACCESS_TOKEN has expired (Google ends it after an hour)");
    });

    test.each([
      ["GOOGLE_APPLICATION_CREDENTIALS", false],
      ["GOOGLE_CREDENTIALS", false],
      ["GOOGLE_CREDENTIALS", true],
    ])("%s (its text: %s): a token that expires in the middle is renewed", async (variable, isText) => {
      const subject = path.join(os.tmpdir(), `subject-${process.pid}`);
      const credentials = `${subject}.json`;
      writeFileSync(subject, "a token of GitHub's");
      writeFileSync(
        credentials,
        JSON.stringify({
          type: "external_account",
          audience:
            "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/github",
          subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
          token_url: `${apis.endpoint}/v1/token`,
          credential_source: { file: subject },
        }),
      );
      const usual = google();
      let issued = 0;
      reply = (asked) => {
        if (asked.url.pathname === "/v1/token")
          return {
            status: 200,
            body: { access_token: `token-${++issued}`, token_type: "Bearer", expires_in: 3600 },
          };
        const isOld = asked.url.pathname.endsWith("/entries:list") && asked.token === "token-1";
        return isOld ? { status: 401 } : usual(asked);
      };
      const { code, said } = await apply({
        GOOGLE_OAUTH_ACCESS_TOKEN: undefined,
        [variable]: isText ? readFileSync(credentials, "utf8") : credentials,
      });
      expect([code, said]).toEqual([0, expect.stringContaining("Preflight of staging passed.")]);
      expect(ending(apis.asked, ":run").map(({ token }) => token)).toEqual(Array(3).fill("token-1"));
    });

    test("an answer: 429 and 503 are asked again", async () => {
      const usual = google();
      const troubles: Reply[] = [{ status: 429, headers: { "retry-after": "0" } }, { status: 503 }];
      reply = (asked) =>
        asked.url.pathname.includes("/executions/") ? (troubles.pop() ?? usual(asked)) : usual(asked);
      expect((await apply()).code).toBe(0);
    });
  });

  describe("the node on the PATH", () => {
    test("where it is too old, one sentence says so", async () => {
      const old = path.join(folder.path, "old.cjs");
      writeFileSync(old, 'Object.defineProperty(process, "versions", { value: { node: "18.20.4" } });');
      const { code, said } = await apply({ NODE_OPTIONS: `--require ${old}` });
      expect(code).toBe(1);
      expect(said).toContain("The gate needs Node 20 or newer, and the node on the PATH is 18.20.4:");
      expect(apis.asked).toEqual([]);
    });
  });

  test("goes through the proxy that Terraform goes through", async () => {
    const connected: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      connected.push(request.url ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const { code } = await folder.terraform(["apply", "-auto-approve"], {
      GOOGLE_API_ENDPOINT: "https://run.example.com",
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: undefined,
      no_proxy: undefined,
    });
    await new Promise((resolve) => proxy.close(resolve));
    expect(code).toBe(1);
    expect(new Set(connected)).toEqual(new Set(["run.example.com:443"]));
  });

  test("Ctrl-C while executions are being started cancels those that began", async () => {
    const usual = google();
    let cancelled = (): void => {};
    const all = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    let terraform: ChildProcess | undefined;
    reply = (asked) => {
      const { pathname } = asked.url;
      if (pathname.endsWith(":cancel") && ending(apis.asked, ":cancel").length === 3) cancelled();
      // The answers come after the signal, to a program whose parent is gone.
      if (pathname.endsWith(":run") && runs() === 3) terraform?.kill("SIGINT");
      return pathname.endsWith("-x1") ? "hang" : usual(asked);
    };
    const { code } = await folder.terraform(
      ["apply", "-auto-approve"],
      { GOOGLE_API_ENDPOINT: apis.endpoint },
      (child) => {
        terraform = child;
      },
    );
    expect(code).toBe(1);
    await all;
    expect(folder.state()).toEqual(["terraform_data.gate tainted"]);
  });

  test("Ctrl-C while lines are waited for leaves a tainted gate", async () => {
    const usual = google();
    let terraform: ChildProcess | undefined;
    let interrupted = false;
    reply = (asked) => {
      if (!asked.url.pathname.endsWith("/entries:list")) return usual(asked);
      // Once: at a second one Terraform ends without writing its state.
      if (!interrupted) terraform?.kill("SIGINT");
      interrupted = true;
      return "hang";
    };
    const { code } = await folder.terraform(
      ["apply", "-auto-approve"],
      { GOOGLE_API_ENDPOINT: apis.endpoint },
      (child) => {
        terraform = child;
      },
    );
    expect([code, folder.state()]).toEqual([1, ["terraform_data.gate tainted"]]);
  });

  test("Ctrl-C cancels every execution, though Terraform kills the program at once", async () => {
    const usual = google();
    let cancelled = (): void => {};
    const all = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    reply = (asked) => {
      if (asked.url.pathname.endsWith(":cancel") && ending(apis.asked, ":cancel").length === 3) cancelled();
      return asked.url.pathname.endsWith("-x1") ? "hang" : usual(asked);
    };
    let told = false;
    const { code } = await folder.terraform(
      ["apply", "-auto-approve"],
      { GOOGLE_API_ENDPOINT: apis.endpoint },
      (child, said) => {
        if (told || said.split(": started, execution").length < 4) return;
        told = true;
        child.kill("SIGINT");
      },
    );
    expect(code).toBe(1);
    await all;
    expect(new Set(ending(apis.asked, ":cancel").map(({ url }) => url.pathname)).size).toBe(3);
    expect(folder.state()).toEqual(["terraform_data.gate tainted"]);
  });
});
