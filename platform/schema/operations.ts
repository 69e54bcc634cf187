import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** Links for operators. */
export const operations = section({
  /** Address of the published runbook, docs/runbook/<name>.md, for links in notifications. @default the file's path, without a link */
  runbook: text({
    pattern: /^https:\/\/[a-z0-9.-]+\/[A-Za-z0-9\-._~/]*$/,
    allowed: "an https:// address without a query or an anchor",
    fix: 'write for example "https://github.com/acme/platform/blob/main/docs/runbook/production.md"',
    placeholder: "https://placeholder.example.com/",
  }).optional(),
});
