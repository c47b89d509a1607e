import t from 'tap'
import { listFiles } from '../../../scripts/files.ts'
import { temporaryFolder } from '../../support/folder.ts'

t.test('listFiles()', async (t) => {
  const root = temporaryFolder(t, {
    '.git': { 'readme.md': '' },
    '.gitignore': 'my/\n.env\n',
    '.env': '',
    '.hidden.md': '',
    'a.md': '',
    b: { 'c.ts': '', my: { 'd.md': '' }, 'e.md': '' },
    my: { 'f.md': '' },
  })
  t.test('gives every file, however deep, but what git ignores', async (t) =>
    t.same(listFiles(root), ['.gitignore', '.hidden.md', 'a.md', 'b/c.ts', 'b/e.md']),
  )
  t.test('gives those of one kind', async (t) =>
    t.same(listFiles(root, '.md'), ['.hidden.md', 'a.md', 'b/e.md']),
  )
  t.test('ignores nothing where git ignores nothing', async (t) =>
    t.same(listFiles(temporaryFolder(t, { my: { 'f.md': '' } })), ['my/f.md']),
  )
})
