import { z } from "zod";

/** The page's policy admits no code from text, which zod would make to be faster. Before any schema is used. */
z.config({ jitless: true });
