import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { Json } from "../../support/synthesized.ts";

/** Asks the process of the test: a start of Node for each of some hundred calls would take longer than all else. */
const CLIENT = `#!/usr/bin/env bash
exec 3<>"/dev/tcp/127.0.0.1/$FAKE_PORT"
printf '%s\\n' "$#" "$FAKE_CLOUD" "\${FAKE_KILLED-}" "$@" >&3
read -r code <&3
if [ "$code" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$code"
`;

export interface FakeGcloud {
  /** For FAKE_PORT of its callers. */
  readonly port: string;
  stop(): Promise<void>;
}

/**
 * A program gcloud in a folder. Remembers buckets, objects, access and APIs in the file FAKE_CLOUD as the Storage API would
 * describe them, and records every call. It ends after as many calls that change something as FAKE_KILLED says, as if it had been
 * killed.
 */
export async function fakeGcloud(folder: string): Promise<FakeGcloud> {
  const program = path.join(folder, "gcloud");
  writeFileSync(program, CLIENT);
  chmodSync(program, 0o755);
  const server = createServer((socket) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const [count = "", file = "", killed = "", ...args] = text.split("\n");
      // After the last one is an end of line.
      if (!text.endsWith("\n") || args.length <= Number(count)) return;
      const { code, said } = answer(file, killed, args.slice(0, Number(count)));
      socket.end(`${code}\n${said}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Ends the call. */
class End {
  readonly code: number;
  readonly said: string;

  constructor(code: number, said = "") {
    this.code = code;
    this.said = said;
  }
}

function answer(file: string, killed: string, args: readonly string[]): End {
  const cloud = JSON.parse(readFileSync(file, "utf8"));
  try {
    call(cloud, killed, args);
    return new End(0);
  } catch (ended) {
    if (ended instanceof End) return ended;
    return new End(70, `the fake failed: ${String(ended)}`);
  } finally {
    writeFileSync(file, JSON.stringify(cloud));
  }
}

function call(cloud: Json, killed: string, args: readonly string[]): void {
  const said = args.join(" ");
  const end = (code: number, said = ""): never => {
    throw new End(code, said);
  };
  const notFound = (): never => end(1, "ERROR: gs://x not found: 404.");
  const flag = (name: string) => args.find((arg) => arg === name || arg.startsWith(`${name}=`));
  const value = (name: string) => flag(name)?.slice(name.length + 1);
  const urls = args.filter((arg) => arg.startsWith("gs://")).map((arg) => arg.split("#"));
  const [[url = "", version] = []] = urls;
  const bucket = url.slice("gs://".length);
  cloud.buckets ??= {};
  cloud.objects ??= {};
  if (cloud.refuses) end(1, "ERROR: (gcloud.storage.buckets.describe) [me] does not have permission");
  if (said.startsWith("services list")) end(0, cloud.apis.join("\n"));
  if (said.startsWith("storage buckets describe"))
    cloud.buckets[bucket] ? end(0, JSON.stringify(cloud.buckets[bucket])) : notFound();
  if (said.startsWith("storage buckets get-iam-policy")) end(0, JSON.stringify(cloud.policies[bucket]));
  if (said.startsWith("storage objects describe"))
    cloud.objects[url] ? end(0, JSON.stringify({ generation: cloud.objects[url].generation })) : notFound();
  if (said.startsWith("storage cat"))
    cloud.objects[url]?.generation === version ? end(0, cloud.objects[url].text) : notFound();
  if (killed !== "" && cloud.calls.length >= Number(killed)) end(1, "killed");
  cloud.calls.push(args);
  if (said.startsWith("services enable"))
    cloud.apis.push(...args.slice(2).filter((arg) => !arg.startsWith("--")));
  if (said.startsWith("storage buckets create")) {
    cloud.buckets[bucket] = { projectNumber: "123456789012" };
    const members = ["projectEditor:netra-production", "projectOwner:netra-production"];
    cloud.policies = {
      ...cloud.policies,
      [bucket]: {
        bindings: ["roles/storage.legacyBucketOwner", "roles/storage.legacyObjectOwner"].map((role) => ({
          role,
          members,
        })),
      },
    };
  }
  const matches = (target: string) => {
    const wanted = value("--if-generation-match");
    if (wanted !== undefined && wanted !== (cloud.objects[target]?.generation ?? "0"))
      end(1, "ERROR: HTTPError 412: At least one of the pre-conditions you specified did not hold.");
  };
  if (said.startsWith("storage cp")) {
    const [, [target = ""] = []] = urls;
    matches(target);
    cloud.last = (cloud.last ?? 1000) + 1;
    cloud.objects[target] = { generation: String(cloud.last), text: cloud.objects[url].text };
    if (cloud.writesMeanwhile) cloud.objects[url] = cloud.writesMeanwhile;
  }
  if (said.startsWith("storage rm")) {
    matches(url);
    delete cloud.objects[url];
  }
  if (said.startsWith("storage buckets remove-iam-policy-binding"))
    for (const binding of cloud.policies[bucket].bindings.filter(
      ({ role }: Json) => role === value("--role"),
    ))
      binding.members = binding.members.filter((member: string) => member !== value("--member"));
  else if (said.startsWith("storage buckets")) {
    const raw = cloud.buckets[bucket];
    raw.iamConfiguration ??= {};
    if (flag("--uniform-bucket-level-access"))
      raw.iamConfiguration.uniformBucketLevelAccess = { enabled: true };
    if (flag("--public-access-prevention")) raw.iamConfiguration.publicAccessPrevention = "enforced";
    if (flag("--versioning")) raw.versioning = { enabled: true };
    if (flag("--soft-delete-duration"))
      raw.softDeletePolicy = {
        retentionDurationSeconds: String(Number.parseInt(value("--soft-delete-duration") ?? "", 10) * 86400),
      };
    if (flag("--lifecycle-file"))
      raw.lifecycle = JSON.parse(readFileSync(value("--lifecycle-file") ?? "", "utf8"));
  }
}
