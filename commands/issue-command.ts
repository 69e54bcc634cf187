import type { Command } from "commander";
import { runCommand } from "./command.ts";
import { readReport } from "./report-file.ts";

/** What a host does with the one issue that has a report's marker; both say what was done. */
export interface IssueOperations {
  readonly upsert: (title: string, report: string) => Promise<string>;
  readonly close: (report: string) => Promise<string>;
}

/** Adds the subcommand `issue`. @param operations made when it runs, as the host's client needs its variables */
export function addIssueCommand(program: Command, operations: () => IssueOperations): void {
  program
    .command("issue")
    .description("writes a report into the one open issue that has its marker, or closes that issue")
    .argument("<title>", "title of the issue")
    .argument("<file>", "the report; its first line is the marker")
    .option("--close", "close it: the drift is gone")
    .action((title: string, file: string, { close }: { readonly close?: true }) =>
      runCommand(async () => {
        const report = readReport(file);
        const host = operations();
        console.log(`Issue: ${await (close === true ? host.close(report) : host.upsert(title, report))}.`);
        return 0;
      }),
    );
}
