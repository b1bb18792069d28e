import type { Certificates } from "@registry-cache/operations";

/** What stands for certificates where equal input is to give equal output. */
export const placeholders: Certificates = {
  authority: "<certificate of the CA>\n",
  of: ({ names }) => ({ certificate: `<certificate of ${names.service}>\n`, key: `<key of ${names.service}>\n` }),
};
