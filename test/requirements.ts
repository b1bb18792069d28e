export { lacks, type Requirement } from "@registry-cache/testkit";
