/** The program that the server runs in. */
export interface Desktop {
  readonly env: { readonly [name: string]: string | undefined };
  readonly version: string;
}
