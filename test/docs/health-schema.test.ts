import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { HEALTH_SCHEMA_FILE, healthSchemaDocument } from "../../runbook/health-schema-document.ts";
import { ROOT } from "../support/project.ts";

const written = readFileSync(path.join(ROOT, HEALTH_SCHEMA_FILE), "utf8");

test("docs/health-infrastructure.schema.json is what the code says (npm run docs)", () => {
  expect(written).toBe(healthSchemaDocument());
});

test("the schema takes a healthy answer and refuses numbers written as texts", () => {
  const judge = new Ajv2020({ allErrors: true }).compile(JSON.parse(written));
  const answer = (inForce: object) => ({
    contract: 1,
    service: "staging-auth",
    revision: "staging-auth-00001-abc",
    status: "healthy",
    inForce,
    dependencies: { postgres: { status: "up", seconds: 0.01 } },
  });
  expect(judge(answer({ DATABASE_POOL_SIZE: 5 }))).toBe(true);
  expect(judge(answer({ DATABASE_POOL_SIZE: "5" }))).toBe(false);
  expect(judge.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`)).toEqual([
    "/inForce/DATABASE_POOL_SIZE must be number",
  ]);
});
