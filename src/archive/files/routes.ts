import { customerFor, type Customer } from '../../customers/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { keepersToChoose } from '../keepers.ts'
import { addVolume, changeFileKeeper, correctFile, correctVolume, openFile } from './commands.ts'
import {
  fileCorrectionForm,
  keeperForm,
  openingForm,
  volumeCorrectionForm,
  volumeForm,
  type FileCorrection,
  type FileOpening,
  type KeeperChange,
  type VolumeCorrection,
  type VolumeInput,
} from './forms.ts'
import { fileCorrectionPage, fileKeeperPage, filePage, openingPage, volumePage } from './pages.ts'
import { filePolicy } from './policy.ts'
import { fileFor, itemsOf, partsHeld, volumeFor, volumesOf, type CustomerFile, type VolumeOf } from './queries.ts'

const homeOf = ({ number }: CustomerFile) => `/archive/files/${number}`

export const fileRoutes = [
  form<FileOpening, Customer>('/customers/:number/archive/opening', {
    load: customerFor,
    allow: filePolicy.open,
    view: 'archive/files/opening',
    show: async ({ actor, record, now }) => {
      const level = (await regulationAt(now)).value('archive.default_level')
      return openingPage(actor, record, await keepersToChoose(), level)
    },
    fields: openingForm,
    submit: async ({ actor, record, input, now }) => {
      const number = await openFile(actor, record.id, input, now)
      return seeOther(`/archive/files/${number}`, 'archive:notice.fileOpened', { number })
    },
  }),
  page<CustomerFile>('/archive/files/:number', {
    load: fileFor,
    allow: filePolicy.view,
    view: 'archive/files/show',
    show: async ({ actor, record, now }) => {
      const [volumes, held, items] = await Promise.all([
        volumesOf(record),
        partsHeld(record.id),
        itemsOf(actor, record, now),
      ])
      return filePage(actor, record, { volumes, held, ...items })
    },
  }),
  form<FileCorrection, CustomerFile>('/archive/files/:number/correction', {
    load: fileFor,
    allow: filePolicy.keep,
    view: 'archive/files/correction',
    show: ({ actor, record }) => fileCorrectionPage(actor, record),
    fields: fileCorrectionForm,
    submit: async ({ actor, record, input }) => {
      await correctFile(actor, record.id, input)
      return seeOther(homeOf(record), 'archive:notice.fileCorrected')
    },
  }),
  form<KeeperChange, CustomerFile>('/archive/files/:number/keeper', {
    load: fileFor,
    allow: filePolicy.keep,
    view: 'archive/files/keeper',
    show: async ({ record }) => fileKeeperPage(record, await keepersToChoose()),
    fields: keeperForm,
    submit: async ({ actor, record, input }) => {
      const name = await changeFileKeeper(actor, record.id, input)
      return seeOther(homeOf(record), 'archive:notice.keeperChanged', { name })
    },
  }),
  form<VolumeInput, CustomerFile>('/archive/files/:number/volumes/new', {
    load: fileFor,
    allow: filePolicy.keep,
    view: 'archive/files/volume',
    show: ({ actor, record }) => volumePage(actor, record),
    fields: volumeForm,
    submit: async ({ actor, record, input }) => {
      const n = await addVolume(actor, record.id, input)
      return seeOther(homeOf(record), 'archive:notice.volumeAdded', { n })
    },
  }),
  form<VolumeCorrection, VolumeOf>('/archive/files/:number/volumes/:n/correction', {
    load: volumeFor,
    allow: filePolicy.keep,
    view: 'archive/files/volume',
    show: ({ actor, record }) => volumePage(actor, record),
    fields: volumeCorrectionForm,
    submit: async ({ actor, record, input }) => {
      await correctVolume(actor, record, record.volume, input)
      return seeOther(homeOf(record), 'archive:notice.volumeCorrected')
    },
  }),
]
