import { z } from "zod";
import { days } from "../units.ts";
import { bucketCdn } from "./cdn.ts";
import { exposure } from "./exposure.ts";
import { choice, duration, flag, memory, text } from "./leaf.ts";
import { name } from "./names.ts";
import { section } from "./section.ts";

const page = text({
  pattern: /^[A-Za-z0-9][A-Za-z0-9._/-]{0,254}$/,
  allowed: "the name of an object",
  fix: 'write for example "index.html"',
});

/** A Cloud Storage bucket in the region of the environment, which nobody outside of the project may read but through an exposure. */
export const bucket = section({
  /**
   * Name after the project and the environment's prefix, with both at most 63 characters: the names of buckets are unique in the
   * world. Unique in the environment.
   */
  name: name("uploads"),
  /** Keep what is overwritten or deleted for 30 days more. @default true */
  versioning: flag().default(true),
  /**
   * Delete each object this many days after it was written: days(90), whole days. With `versioning` it can be restored for 30
   * days more, and for 7 days after that as after every deletion (soft delete). @default never
   */
  deleteAfter: duration({
    from: days(1),
    to: days(36_500),
    because: "1 day to 100 years",
    example: "days(90)",
  }).optional(),
  /**
   * Hosts and paths at the load balancer under which everybody may read its objects: /assets/app.js is the object assets/app.js.
   * The bucket itself stays private. Needs `projectNumber`. @default none
   */
  exposure: z.array(exposure).optional(),
  /** Object that answers the root of a host and of each directory; needed where an exposure has "/*". @default none */
  indexPage: page.optional(),
  /** Object that answers with status 404 where there is none of the name. @default Google's own */
  notFoundPage: page.optional(),
  /** Cloud CDN in front of its exposure. @default none */
  cdn: bucketCdn.optional(),
});

/** A directory of a volume in a container. */
export const mount = text({
  pattern: /^(?=.{2,255}$)(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)+$/,
  allowed:
    "an absolute path of up to 255 letters, digits, dots, _ and -, without . and .. and without a slash at its end",
  fix: 'write for example "/uploads"',
  placeholder: "/placeholder",
});

/** What a service or a job does with a bucket of this environment. */
export const bucketAccess = section({
  /** Name of a bucket of this environment. */
  bucket: name("uploads"),
  /** "read" its objects, or "write": read, create, overwrite and delete them. */
  access: choice(["read", "write"]),
  /**
   * Directory in which the objects appear as files, with Cloud Storage FUSE; read-only where `access` is "read". @default not
   * mounted
   */
  mount: mount.optional(),
});

/** A directory in the memory of the container, empty at every start. */
export const inMemoryVolume = section({
  /** Directory in the container. */
  mount,
  /** Most that it holds; a write beyond it fails. What is in it counts as memory of the container. */
  size: memory({
    from: 1,
    to: 32768,
    because: "part of the memory of the container",
    example: "mebibytes(256)",
  }),
});
