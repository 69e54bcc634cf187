import { expect, test } from "@jest/globals";
import { shellLines } from "../../commands/shell-lines.ts";

test("a command that is too long goes on after a backslash, and stays the same command", () => {
  const command = `gcloud dns record-sets create "*.run.app." --project=${"p".repeat(30)} --zone=${"z".repeat(30)} --type=CNAME`;
  const lines = shellLines(command, "    ");
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines.map((line) => line.trim().replace(/ \\$/, "")).join(" ")).toBe(command);
});

test("a short one is one line, and a word that is too long stays whole", () => {
  expect(shellLines("gcloud auth list", "  ")).toEqual(["  gcloud auth list"]);
  const word = `--member=${"m".repeat(100)}`;
  expect(shellLines(`gcloud x ${word} --role=r`, "")).toEqual(["gcloud x \\", `  ${word} \\`, "  --role=r"]);
});
