import { writeRegistries } from "./registry.ts";

writeRegistries();
