import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { runCommand } from "../support/commands-in-one-process.ts";
import { type Project, project, type Run } from "../support/project.ts";

const REGISTRY = "europe-west1-docker.pkg.dev/acme/images";
const image = (name: string, digit: string): string => `${REGISTRY}/${name}@sha256:${digit.repeat(64)}`;

const environmentWith = (imports: string, backend: string, worker: string): string => `
import { defineEnvironment } from "../platform/define.ts";
import { cidr, gibibytes, seconds } from "../platform/units.ts";
${imports}

const entry = (name: string, image: string) => ({
  name, image, cpu: 1, memory: gibibytes(1), concurrency: 80,
  instances: { min: 0, max: 2 }, requestTimeout: seconds(60), path: "direct" as const,
});

export const environment = defineEnvironment({
  project: "acme-staging",
  region: "europe-west1",
  labels: {},
  protection: false,
  network: { addresses: { directEgress: cidr("10.10.8.0/22") } },
  secrets: [],
  services: [
    entry("worker", ${worker}),
    entry("backend", ${backend}),
  ],
  objectives: { availability: 0.995, latency: seconds(2) },
  notifications: [],
});
`;

let copy: Project;
const copies: Project[] = [];
beforeEach(() => {
  copy = project();
  copies.push(copy);
});
afterAll(() => {
  for (const one of copies) one.remove();
});

const set = (name: string, to: string, environment = "staging"): Promise<Run> =>
  runCommand(["set-image", environment, name, to], { folder: copy.folder });
const text = (file: string): string => readFileSync(path.join(copy.folder, "environments", file), "utf8");

/** The kind: an image that is not written as one text in the entry of its service. */
describe("an image is written where an expression has it from", () => {
  const zeros = "0".repeat(64);
  const SHARED = "shared/images.ts";
  const forms: readonly (readonly [
    form: string,
    imports: string,
    expression: string,
    shared: string,
    place: string,
  ])[] = [
    [
      "a template",
      `const registry = "${REGISTRY}";`,
      `\`\${registry}/backend@sha256:${zeros}\``,
      "",
      "staging.ts, line 20",
    ],
    ["a constant", `const backend = "${image("backend", "0")}";`, "backend", "", "staging.ts, line 4"],
    [
      "a digest of its own",
      `const digest = "${zeros}";`,
      `\`${REGISTRY}/backend@sha256:\${digest}\``,
      "",
      "staging.ts, line 4",
    ],
    ["a sum", `const at = "@sha256:${zeros}";`, `"${REGISTRY}/backend" + at`, "", "staging.ts, line 4"],
    [
      "an imported constant",
      `import { backendImage } from "./${SHARED}";`,
      "backendImage",
      `// Not ${zeros}: an older one.\nexport const backendImage = "${image("backend", "0")}";\n`,
      "shared/images.ts, line 2",
    ],
    [
      "a property of a shared object, next to one with the same digest",
      `import { images } from "./${SHARED}";`,
      "images.backend",
      `export const images = {\n  other: "${image("other", "0")}",\n  backend: "${image("backend", "0")}",\n};\n`,
      "shared/images.ts, line 3",
    ],
    [
      "a shared function",
      `import { imageOf } from "./${SHARED}";`,
      'imageOf("backend")',
      `const digests: Record<string, string> = {\n  web: "${zeros}",\n  backend: "${zeros}",\n};\nexport const imageOf = (name: string) => \`${REGISTRY}/\${name}@sha256:\${digests[name]}\`;\n`,
      "shared/images.ts, line 3",
    ],
  ];

  test.each(forms)("%s", async (_, imports, expression, shared, place) => {
    // Another service with the same digest comes first: it keeps its image.
    const environment = environmentWith(imports, expression, `"${image("worker", "0")}"`);
    copy.write("environments/staging.ts", environment);
    if (shared !== "") copy.write(`environments/${SHARED}`, shared);
    expect(await set("backend", image("backend", "a"))).toEqual({
      status: 0,
      stdout: `written  image of backend in environments/${place}\n\nNext: npm run review -- staging\n`,
      stderr: "",
    });
    const [file = "", line] = place.split(", line ");
    const before = (file === SHARED ? shared : environment).split("\n");
    const after = text(file).split("\n");
    expect(after.flatMap((now, index) => (now === before[index] ? [] : [index + 1]))).toEqual([Number(line)]);
    expect(after[Number(line) - 1]).toBe(before[Number(line) - 1]?.replace(zeros, "a".repeat(64)));
    expect((await set("backend", image("backend", "a"))).stdout).toBe(
      "environments/staging.ts has this image of backend already.\n",
    );
  });

  test("and who else has it from the same place is named", async () => {
    const shared = `export const images = { backend: "${image("backend", "0")}" };\n`;
    copy.write(`environments/${SHARED}`, shared);
    for (const name of ["staging", "canary"])
      copy.write(
        `environments/${name}.ts`,
        environmentWith(`import { images } from "./${SHARED}";`, "images.backend", "images.backend").replace(
          "acme-staging",
          `acme-${name}`,
        ),
      );
    copy.write("environments/broken.ts", "export const environment = {");
    expect(await set("backend", image("backend", "b"))).toEqual({
      status: 0,
      stdout: [
        "written  image of backend in environments/shared/images.ts, line 1",
        "  the same place is the image of worker and backend in environments/canary.ts",
        "  the same place is the image of worker in environments/staging.ts",
        "",
        "Next: npm run review -- staging",
        "",
      ].join("\n"),
      stderr: "",
    });
    expect(text(SHARED)).toBe(shared.replace(zeros, "b".repeat(64)));
  });

  test("another repository is written where it is in the same text as the digest, or in the place of a template", async () => {
    const registry = `const registry = "${REGISTRY}";`;
    const environment = environmentWith(registry, `\`\${registry}/backend@sha256:${zeros}\``, '""');
    copy.write("environments/staging.ts", environment.replace('    entry("worker", ""),\n', ""));
    expect((await set("backend", image("renamed", "c"))).status).toBe(0);
    expect(text("staging.ts")).toContain(`\`\${registry}/renamed@sha256:${"c".repeat(64)}\``);
    const elsewhere = image("renamed", "d").replace("/acme/", "/other/");
    expect((await set("backend", elsewhere)).status).toBe(0);
    expect(text("staging.ts")).toContain(`entry("backend", "${elsewhere}"),`);
  });

  test.each([
    ["another repository", image("backend", "d").replace("/acme/", "/other/")],
    ["another digest", image("backend", "d")],
  ])("%s is refused where the same text makes other images", async (_, wanted) => {
    const imageOf = `const imageOf = (name: string) => \`${REGISTRY}/\${name}@sha256:${zeros}\`;`;
    const environment = environmentWith(imageOf, 'imageOf("backend")', 'imageOf("worker")');
    copy.write("environments/staging.ts", environment);
    expect(await set("backend", wanted)).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "environments/staging.ts, line 4, has the image of backend, and makes another image of worker in environments/staging.ts, which would get this digest as well: write the image of backend by hand.\n",
    });
    expect(text("staging.ts")).toBe(environment);
  });

  test.each([
    ["a digest that is computed", `\`${REGISTRY}/backend@sha256:\${"0".repeat(64)}\``],
    ["a file outside environments/", "images.backend"],
  ])("%s is refused, and nothing is written", async (_, expression) => {
    const outside = path.join(copy.folder, "images.ts");
    writeFileSync(outside, `export const images = { backend: "${image("backend", "0")}" };\n`);
    const environment = environmentWith(
      'import { images } from "../images.ts";\nexport { images };',
      expression,
      `"${image("worker", "1")}"`,
    );
    copy.write("environments/staging.ts", environment);
    const { status, stderr } = await set("backend", image("backend", "a"));
    expect([status, stderr]).toEqual([2, expect.stringContaining("write the new one by hand.\n")]);
    expect(text("staging.ts")).toBe(environment);
    expect(readFileSync(outside, "utf8")).toContain(zeros);
  });
});
