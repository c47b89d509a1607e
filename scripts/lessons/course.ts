import { type Lesson, readCourse } from '../../tutor/journey/course.ts'
import { type Files, filesBelow, listFiles } from '../files.ts'

/** The course as it stands on disk, and what there is around it. All rules look at this. */
export interface Course {
  readonly files: Files
  /** The paths of all our files. */
  readonly paths: readonly string[]
  /** In their order. */
  readonly lessons: readonly Lesson[]
}

export function openCourse(root: string): Course {
  return { files: filesBelow(root), paths: listFiles(root), lessons: readCourse(root) }
}
