/** Settings as they are given, by their names: in the environment or in a file. */
export type Given = Readonly<Record<string, string | undefined>>
