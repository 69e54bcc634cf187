import { text } from "./leaf.ts";
import { section } from "./section.ts";

/** How operators find their way. */
export const operations = section({
  /** Address of the environment's published page, docs/runbook/<name>.md, to which notifications link. @default the file's path, without a link */
  runbook: text({
    pattern: /^https:\/\/[a-z0-9.-]+\/[A-Za-z0-9\-._~/]*$/,
    allowed: "an https:// address without a query or an anchor",
    fix: 'write for example "https://github.com/acme/platform/blob/main/docs/runbook/production.md"',
    placeholder: "https://placeholder.example.com/",
  }).optional(),
});
