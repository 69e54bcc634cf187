import type { Command } from "commander";
import { UserError } from "../platform/user-error.ts";
import { runCommand } from "./command.ts";
import { readReport } from "./report-file.ts";

/** What a host does with reports: each has a marker in its first line, and each says what was done. */
export interface ReportOperations {
  /** @param request number of a pull or merge request */
  readonly comment: (request: number, report: string) => Promise<string>;
  readonly issue: (title: string, report: string) => Promise<string>;
  readonly close: (report: string) => Promise<string>;
}

/** The host's own words. */
interface Words {
  /** Name of the subcommand, and of what it writes. */
  readonly comment: "comment" | "note";
  readonly request: "pull request" | "merge request";
  /** What the number of a request is. */
  readonly number: string;
}

/**
 * Adds the subcommands that write a report where people read it: next to a change, and into an issue.
 *
 * @param operations made when one runs, as the host's client needs its variables
 */
export function addReportCommands(
  program: Command,
  { comment, request, number }: Words,
  operations: () => ReportOperations,
): void {
  program
    .command(comment)
    .description(`writes a report into the one ${comment} of a ${request} that has its marker`)
    .argument(`<${request.replace(" ", "-")}>`, number)
    .argument("<file>", "the report; its first line is the marker")
    .action((given: string, file: string) =>
      runCommand(async () => {
        if (!/^[1-9]\d*$/.test(given)) throw new UserError(`"${given}" is not the number of a ${request}.`);
        const written = await operations().comment(Number(given), readReport(file));
        console.log(`${comment === "note" ? "Note" : "Comment"}: ${written}.`);
        return 0;
      }),
    );
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
        console.log(`Issue: ${await (close === true ? host.close(report) : host.issue(title, report))}.`);
        return 0;
      }),
    );
}
