import { describe, expect, test } from "@jest/globals";
import { bucketRows, daysOf } from "../../platform/backing-services/storage.ts";
import type { Workload } from "../../platform/schema/environment.ts";
import { days, gibibytes, mebibytes, seconds } from "../../platform/units.ts";
import { MAX_BUCKET_LABEL } from "../../resources/bucket-names.ts";
import { changedShape } from "../support/changed-shape.ts";
import type { Draft } from "../support/environments.ts";

/** The platform whose service `api` writes the bucket uploads, and whose job `report` reads it mounted, changed. */
const { plan, issues } = changedShape("files");

test("a bucket keeps old versions and its objects, unless it is written", () => {
  const [uploads, exports] =
    plan((draft) => (draft.buckets = [{ name: "uploads" }, { name: "exports" }])).buckets ?? [];
  expect([uploads, exports]).toMatchObject([
    { name: "uploads", versioning: true },
    { name: "exports", versioning: true },
  ]);
  expect(uploads?.deleteAfter).toBeUndefined();
  expect(daysOf({ deleteAfter: days(90) })).toBe(90);
});

test("every bucket is listed with what services and jobs do with it, or with nothing", () => {
  const rows = bucketRows(plan((draft) => draft.buckets.push({ name: "archive" })));
  expect(rows.map(({ bucket, use }) => [bucket.name, use?.workload, use?.access, use?.mount])).toEqual([
    ["uploads", "api", "write", undefined],
    ["uploads", "report", "read", "/uploads"],
    ["exports", "report", "write", "/exports"],
    ["archive", undefined, undefined, undefined],
  ]);
});

test("who uses a bucket gets its name", () => {
  const subject = plan((draft) => {
    draft.buckets.push({ name: "user-files" });
    draft.services[0].buckets.push({ bucket: "user-files", access: "read", mount: "/files" });
  });
  const variables = (workload: Workload | undefined) =>
    workload === undefined ? [] : subject.contract(workload).filter(({ name }) => name.endsWith("_BUCKET"));
  expect(variables(subject.services[0])).toEqual([
    {
      name: "UPLOADS_BUCKET",
      from: { value: "acme-web-files-uploads" },
      meaning: "name of the bucket uploads, to read and write",
    },
    {
      name: "USER_FILES_BUCKET",
      from: { value: "acme-web-files-user-files" },
      meaning: "name of the bucket user-files, to read; its objects are files in /files",
    },
  ]);
  expect(variables(subject.jobs?.[0]).map(({ name }) => name)).toEqual(["EXPORTS_BUCKET", "UPLOADS_BUCKET"]);
});

describe("what is refused, in one sentence", () => {
  test.each<[what: string, change: (draft: Draft) => void, sentence: string]>([
    [
      "a bucket that nobody declares",
      (d) => (d.services[0].buckets[0].bucket = "upload"),
      'services.api.buckets.upload.bucket is "upload": no bucket of this name is declared. Fix: did you mean "uploads"? Otherwise add { name: "upload" } to buckets.',
    ],
    [
      "a bucket that nobody declares, at a job",
      (d) => (d.jobs[0].buckets[1].bucket = "photos"),
      'jobs.report.buckets.photos.bucket is "photos": no bucket of this name is declared. Fix: declared: uploads, exports. Otherwise add { name: "photos" } to buckets.',
    ],
    [
      "a bucket where none is declared",
      (d) => {
        delete d.buckets;
        delete d.jobs;
      },
      'services.api.buckets.uploads.bucket is "uploads": no bucket of this name is declared. Fix: add buckets: [{ name: "uploads" }] to the environment, or remove it here.',
    ],
    [
      "two buckets of one name",
      (d) => d.buckets.push({ name: "uploads" }),
      'buckets[2].name is "uploads": buckets[0] has this name already. Fix: give each its own name.',
    ],
    [
      "one bucket twice at a service",
      (d) => d.services[0].buckets.push({ bucket: "uploads", access: "read", mount: "/uploads" }),
      'services.api.buckets[1].bucket is "uploads": buckets[0] is this bucket already, and each has one access and one mount. Fix: remove one of them; "write" includes reading.',
    ],
    [
      "a secret in the variable of a bucket",
      (d) => {
        d.secrets = [{ name: "uploads-bucket" }];
        d.services[0].secrets = ["uploads-bucket"];
      },
      'services.api.buckets.uploads.bucket is "uploads": its name is passed as UPLOADS_BUCKET, and so is the secret "uploads-bucket". Fix: rename the bucket or the secret.',
    ],
    [
      "the variable of a bucket, set by hand",
      (d) => (d.services[0].environment = { UPLOADS_BUCKET: "other" }),
      'services.api.environment.UPLOADS_BUCKET is "other": this variable is written by the platform',
    ],
    [
      "an access that is none",
      (d) => (d.services[0].buckets[0].access = "admin"),
      'services.api.buckets.uploads.access is "admin": allowed is one of "read", "write". Fix: write one of them.',
    ],
    [
      "a bucket whose name is too long with project and prefix",
      (d) => {
        d.project = "p".repeat(30);
        d.buckets.push({ name: "a".repeat(40) });
      },
      `buckets.${"a".repeat(40)}.name is "${"a".repeat(40)}": its bucket "${"p".repeat(30)}-files-${"a".repeat(40)}" (project, prefix and name) has 77 characters, and Cloud Storage allows 63. Fix: shorten it by 14.`,
    ],
    [
      "a bucket whose name Google keeps for itself",
      (d) => d.buckets.push({ name: "google-exports" }),
      'buckets.google-exports.name is "google-exports": its bucket would be "acme-web-files-google-exports" (project, prefix and name), which Cloud Storage rejects: it must not begin with "goog" or contain "google". Fix: choose another name.',
    ],
    [
      "the bucket of the Terraform states",
      (d) => (d.state = { bucket: "acme-web-files-exports" }),
      'buckets.exports.name is "exports": its bucket would be "acme-web-files-exports", which holds Terraform states: whoever writes a state decides which providers Terraform runs. Fix: choose another name.',
    ],
    [
      "the bucket of the owner's states",
      (d) => {
        d.state = { bucket: "acme-web-files-states" };
        d.buckets.push({ name: "states-owner" });
      },
      'buckets.states-owner.name is "states-owner": its bucket would be "acme-web-files-states-owner", which holds Terraform states',
    ],
    [
      "a part of a day",
      (d) => (d.buckets[0].deleteAfter = seconds(90_000)),
      "buckets.uploads.deleteAfter is 90000 s: Cloud Storage counts the age of an object in whole days. Fix: write days(2).",
    ],
    [
      "less than a day",
      (d) => (d.buckets[0].deleteAfter = days(0)),
      "buckets.uploads.deleteAfter is 0: allowed is a whole number of seconds from 86400 to 3153600000 (1 day to 100 years). Fix: write for example days(90).",
    ],
    [
      "a plain number of days, once",
      (d) => (d.buckets[0].deleteAfter = 90),
      "buckets.uploads.deleteAfter is 90: allowed is a whole number of seconds from 86400 to 3153600000 (1 day to 100 years). Fix: write for example days(90).",
    ],
    [
      "days in a text",
      (d) => (d.buckets[0].deleteAfter = "90d"),
      'buckets.uploads.deleteAfter is "90d": allowed is a whole number of seconds from 86400 to 3153600000 (1 day to 100 years). Fix: write a number without quotes, for example days(90).',
    ],
    [
      "a size in a text",
      (d) => (d.services[0].inMemoryVolumes[0].size = "256Mi"),
      'services.api.inMemoryVolumes[0].size is "256Mi": allowed is a whole number of mebibytes from 1 to 32768 (part of the memory of the container). Fix: write a number without quotes, for example mebibytes(256).',
    ],
    [
      "a name of another form, once",
      (d) => {
        d.buckets[1].name = "Exports_1";
        delete d.jobs;
      },
      'buckets.Exports_1.name is "Exports_1": allowed is a name of 1 to 40 lower-case letters',
    ],
    [
      "volumes in memory as large as the memory",
      (d) => (d.services[0].inMemoryVolumes[0].size = gibibytes(1)),
      "services.api.inMemoryVolumes is 1Gi: volumes in memory (/tmp/work 1Gi) must be smaller together than the container's memory of 1Gi (memory), of which they are a part: it would be ended before they are full. Fix: raise memory or lower a size.",
    ],
    [
      "volumes in memory that are too large together",
      (d) => d.jobs[0].inMemoryVolumes.push({ mount: "/cache", size: mebibytes(768) }),
      "jobs.report.inMemoryVolumes is 1280Mi: volumes in memory (/tmp 512Mi + /cache 768Mi) must be smaller together than the container's memory of 1Gi (memory)",
    ],
    [
      "a volume without a size",
      (d) => delete d.services[0].inMemoryVolumes[0].size,
      "services.api.inMemoryVolumes[0].size is missing: allowed is a whole number of mebibytes from 1 to 32768",
    ],
    [
      "two volumes at one path",
      (d) => (d.jobs[0].inMemoryVolumes[0].mount = "/exports"),
      'jobs.report.inMemoryVolumes[0].mount is "/exports": it is /exports, where the bucket exports is mounted. Fix: give each volume a directory of its own.',
    ],
    [
      "a volume in another one",
      (d) => (d.jobs[0].inMemoryVolumes[0].mount = "/uploads/tmp"),
      'jobs.report.inMemoryVolumes[0].mount is "/uploads/tmp": it is in /uploads, where the bucket uploads is mounted.',
    ],
    [
      "a volume around another one",
      (d) => {
        d.jobs[0].buckets[0].mount = "/exports/old";
        d.jobs[0].buckets.reverse();
      },
      'jobs.report.buckets.uploads.mount is "/exports/old": it is in /exports, where the bucket exports is mounted.',
    ],
  ])("%s", (_, change, sentence) => {
    const found = issues(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });

  test.each<[mount: string, because: string]>([
    ["/cloudsql", "it is /cloudsql, which holds the sockets of Cloud SQL"],
    ["/cloudsql/x", "it is in /cloudsql, which holds the sockets of Cloud SQL"],
    ["/dev/shm", "it is in /dev, which Cloud Run keeps for itself"],
    ["/proc", "it is /proc, which Cloud Run keeps for itself"],
    ["/sys/fs", "it is in /sys, which Cloud Run keeps for itself"],
    ["/etc/ssl", "it is in /etc, which holds what the image starts with"],
    ["/lib64", "it is /lib64, which holds what the image starts with"],
    ["/usr", "it contains /usr/bin, which holds what the image starts with"],
  ])("a volume at %s", (mount, because) => {
    for (const change of [
      (d: Draft) => (d.services[0].buckets[0].mount = mount),
      (d: Draft) => (d.services[0].inMemoryVolumes[0].mount = mount),
    ])
      expect(issues(change)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^services\\.api\\.(buckets\\.uploads|inMemoryVolumes\\[0\\])\\.mount is "${mount}": ${because}\\. Fix: choose a directory of its own, for example "/uploads"\\.$`,
          ),
        ),
      ]);
  });

  test.each([
    "uploads",
    "/",
    "/uploads/",
    "//x",
    "/a/../etc",
    "/./x",
    "/a b",
    "/a:b",
    "/${x}",
    `/${"a".repeat(255)}`,
    3,
  ])("a path of another form: %s", (mount) => {
    const found = issues((d) => (d.services[0].inMemoryVolumes[0].mount = mount));
    expect(found).toEqual([
      expect.stringContaining(
        ': allowed is an absolute path of up to 255 letters, digits, dots, _ and -, without . and .. and without a slash at its end. Fix: write for example "/uploads".',
      ),
    ]);
  });
});

test.each<[what: string, change: (draft: Draft) => void]>([
  ["a bucket that nobody uses: stacks of the project may", (d) => d.buckets.push({ name: "archive" })],
  ["one bucket at two services", (d) => d.services.push({ ...d.services[0], name: "web" })],
  ["paths of which one only begins like the other", (d) => (d.jobs[0].buckets[1].mount = "/uploads-2")],
  ["paths that only begin like those of the system", (d) => (d.jobs[0].buckets[1].mount = "/etcetera")],
  ["a directory of the web server", (d) => (d.jobs[0].buckets[1].mount = "/usr/share/nginx/html")],
  ["a dot in a path", (d) => (d.jobs[0].buckets[1].mount = "/home/app/.cache")],
  ["volumes just below the memory", (d) => (d.services[0].inMemoryVolumes[0].size = mebibytes(1023))],
  ["one day", (d) => (d.buckets[0].deleteAfter = days(1))],
  ["another bucket of the states", (d) => (d.state = { bucket: "acme-web-states" })],
])("%s is right", (_, change) => expect(issues(change)).toEqual([]));

test("a bucket's name may be as long as Cloud Storage allows", () => {
  const free = MAX_BUCKET_LABEL - "-files-".length - 30;
  const named = (length: number) =>
    issues((d) => {
      d.project = "p".repeat(30);
      d.buckets.push({ name: "a".repeat(length) });
    });
  expect(named(free)).toEqual([]);
  expect(named(free + 1)).toEqual([
    expect.stringContaining("has 64 characters, and Cloud Storage allows 63. Fix: shorten it by 1."),
  ]);
});
