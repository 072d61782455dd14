import type { Permit } from '../access/policy.ts'
import { permit } from '../access/policy.ts'
import {
  readSearch as readComplaints,
  searchOf as writeComplaints,
  type ComplaintListQuery,
} from '../complaints/list/address.ts'
import { conditionWords as complaintWords } from '../complaints/list/chips.ts'
import { namesIn as complaintNames } from '../complaints/list/names.ts'
import {
  readSearch as readReleases,
  searchOf as writeReleases,
  type ReleaseListQuery,
} from '../credit/releases/list/address.ts'
import { conditionWords as releaseWords } from '../credit/releases/list/chips.ts'
import { namesIn as releaseNames } from '../credit/releases/list/names.ts'
import { readSearch, searchOf, type ListQuery } from '../customers/list/address.ts'
import { conditionWords } from '../customers/list/chips.ts'
import { namesIn } from '../customers/list/conditions.ts'
import type { Key, Translate } from '../i18n.ts'
import { readSearch as readVisits, searchOf as writeVisits, type VisitListQuery } from '../visits/list/address.ts'
import { conditionWords as visitWords } from '../visits/list/chips.ts'
import { namesIn as visitNames } from '../visits/list/names.ts'

/** A list whose views people keep: how its address is read and written, and how it reads in words. */
export type KeptList<Q> = {
  name: 'customers' | 'complaints' | 'visits' | 'releases'
  path: string
  keep: Permit<unknown>
  title: Key
  unconditional: Key
  read: (search: string) => Q | null
  write: (query: Q) => string
  words: (queries: Q[], t: Translate) => Promise<string[][]>
}

export const customerList: KeptList<ListQuery> = {
  name: 'customers',
  path: '/customers',
  keep: permit('customers.view'),
  title: 'customers:title',
  unconditional: 'views:unconditional',
  read: readSearch,
  write: (query) => searchOf(query),
  words: async (queries, t) => {
    const names = await namesIn(queries)
    return queries.map((query) => conditionWords(query, names, t))
  },
}

export const complaintList: KeptList<ComplaintListQuery> = {
  name: 'complaints',
  path: '/complaints',
  keep: permit('complaints.view'),
  title: 'complaints:title',
  unconditional: 'complaintList:everything',
  read: readComplaints,
  write: (query) => writeComplaints(query),
  words: async (queries, t) => {
    const names = await complaintNames(queries)
    return queries.map((query) => complaintWords(query, names, t))
  },
}

export const visitList: KeptList<VisitListQuery> = {
  name: 'visits',
  path: '/visits',
  keep: permit('visits.view'),
  title: 'visits:title',
  unconditional: 'visitList:everything',
  read: readVisits,
  write: (query) => writeVisits(query),
  words: async (queries, t) => {
    const names = await visitNames(queries)
    return queries.map((query) => visitWords(query, names, t))
  },
}

export const releaseList: KeptList<ReleaseListQuery> = {
  name: 'releases',
  path: '/releases',
  keep: permit('releases.view'),
  title: 'releases:title',
  unconditional: 'releaseList:everything',
  read: readReleases,
  write: (query) => writeReleases(query),
  words: async (queries, t) => {
    const names = await releaseNames(queries)
    return queries.map((query) => releaseWords(query, names, t))
  },
}
