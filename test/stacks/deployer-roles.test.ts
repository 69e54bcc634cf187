import { expect, test } from "@jest/globals";
import { parseEnvironment } from "../../platform/environment.ts";
import { formatIssue } from "../../platform/issue.ts";
import type { EnvironmentInput } from "../../platform/schema/environment.ts";
import { platformApp } from "../../stacks/platform-app.ts";
import { shapes } from "../fixtures/shapes.ts";
import { TODAY } from "../support/environments.ts";

test.each(Object.entries(shapes))(
  "the deployer's rights are known for everything that the platform %s has",
  (name, input) => {
    const delivered = {
      ...input,
      state: { bucket: "acme-web-terraform-state" },
      delivery: {
        repository: "acme/platform",
        repositoryId: "700112233",
        ownerId: "9911822",
        projectNumber: "123456789012",
      },
    } as EnvironmentInput;
    const parsed = parseEnvironment(name, delivered, TODAY);
    if (!parsed.ok) throw new Error(parsed.issues.map(formatIssue).join("\n"));
    const app = platformApp([parsed.environment], "unused");
    expect(app.node.tryFindChild(`${parsed.environment.prefix}-delivery`)).toBeDefined();
  },
);
