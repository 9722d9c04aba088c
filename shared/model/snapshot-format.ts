/** Of the files that hold snapshots; another number is another shape. */
export const SNAPSHOT_FORMAT = 1
