import manifest from "../../package.json" with { type: "json" };
import { commands } from "../commands.ts";
import type { Answers } from "./answers.ts";
import { type CiHost, ciFiles } from "./ci-files.ts";
import { environmentFile, prefixOf } from "./environment-file.ts";

const { name: PACKAGE, version, devDependencies: versions } = manifest;

/** Every file of a project by path, for a team that has answered the questions. */
export function projectFiles(folder: string, answers: Answers, ci: CiHost): Record<string, string> {
  return {
    "package.json": json(packageJson(folder)),
    "tsconfig.json": json(tsconfig),
    "cdktf.json": json({
      language: "typescript",
      app: `npx ${PACKAGE} synth --quiet`,
      projectId: npmName(folder),
      sendCrashReports: "false",
    }),
    ".gitignore": [
      "node_modules/",
      "cdktf.out*/",
      ".terraform/",
      "*.tfstate",
      "*.tfstate.*",
      "/rollout.*/",
      "",
    ].join("\n"),
    "main.ts": `import { run } from "${PACKAGE}";
import { project } from "./project.ts";

await run(project);
`,
    "project.ts": `import type { Project } from "${PACKAGE}";

/** This platform: the environments next to this file, and the stacks of our own. */
export const project: Project = {
  folder: import.meta.dirname,
  // Stacks of our own next to the platform's, in every environment: class EventsStack extends PlatformStack, then
  // ownStacks: (app, plan) => void new EventsStack(app, plan),
};
`,
    [`environments/${answers.environment}.ts`]: environmentFile(answers),
    [`test/${answers.environment}.test.ts`]: testFile(answers),
    ...ciFiles(ci),
  };
}

/** As formatters write it: lists of words are on one line. */
const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replaceAll(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s*\n\s*/g, " ")}]`)}\n`;

/** A name for npm made from the folder's name. */
const npmName = (folder: string): string =>
  folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "") || "platform";

function packageJson(folder: string): object {
  return {
    name: npmName(folder),
    private: true,
    type: "module",
    engines: { node: ">=22.18" },
    scripts: {
      start: `${PACKAGE} synth`,
      test: 'tsc && node --disable-warning=DEP0044 --test "test/**/*.test.ts"',
      typecheck: "tsc",
      ...Object.fromEntries([...Object.keys(commands), "help"].map((name) => [name, `${PACKAGE} ${name}`])),
    },
    dependencies: {
      [PACKAGE]: `^${version}`,
      "@cdktf/provider-google": versions["@cdktf/provider-google"],
      cdktf: versions.cdktf,
      constructs: versions.constructs,
    },
    devDependencies: { "@types/node": versions["@types/node"], typescript: versions.typescript },
  };
}

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    // Node runs the sources as they are and removes the types only.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  },
  include: ["**/*.ts"],
  exclude: ["node_modules", "cdktf.out"],
};

function testFile({ environment, services }: Answers): string {
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { checkProject } from "${PACKAGE}/testing";
import { project } from "../project.ts";

const { refused, template } = await checkProject(project, [${JSON.stringify(environment)}]);

test("every number fits, and the rules hold", () => {
  assert.deepEqual(refused, []);
});

test("each service is in a stack of its own", () => {
  for (const service of [${services.map((service) => JSON.stringify(service)).join(", ")}]) {
    template(\`${prefixOf(environment)}-service-\${service}\`).resourceCountIs("google_cloud_run_v2_service", 1);
  }
});
`;
}
