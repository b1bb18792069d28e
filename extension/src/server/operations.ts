// What the desktop's server loads when it is first asked for something beyond its files.
export * from "@registry-cache/operations";
