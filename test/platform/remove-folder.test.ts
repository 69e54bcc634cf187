import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { expect, test } from "@jest/globals";
import { removeFolder } from "../../platform/remove-folder.ts";
import { until } from "../support/time/wait.ts";

/** Writes files into a folder until it is gone, at most 2,000: the work of a moment, however busy the machine is. */
const WRITER = `
const { writeFileSync } = require("node:fs");
try { for (let n = 0; n < 2000; n++) writeFileSync(process.argv[1] + "/" + n, ""); } catch {}
`;

test("a folder into which another process writes is removed, and stays away", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "written-"));
  const writer = spawn(process.execPath, ["-e", WRITER, folder], { stdio: "ignore" });
  const ended = once(writer, "close");
  await until(() => readdirSync(folder).length > 500);
  removeFolder(folder);
  await ended;
  expect(existsSync(folder)).toBe(false);
});
