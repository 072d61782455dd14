import type { Role } from '../../prisma/client/enums.ts'

/**
 * How far a role's right reaches. `all`: every record, whatever the grant's place; `place`: records in the grant's
 * department, region or company; `own`: records the person owns or made; `first_steps`: every record, but only until
 * the company has finished its first steps.
 */
export type Reach = 'all' | 'place' | 'own' | 'first_steps'

/** `anyone` needs no sign-in, `signed_in` needs nothing more: neither depends on a role. */
export type Row = 'anyone' | 'signed_in' | { readonly [R in Role]?: Reach }

/**
 * PPL-01: the one table of who may do what. An act that is not here does not exist: routes and commands name their act,
 * and only these names compile. What a cell does not name is refused.
 */
export const table = {
  'public.read': 'anyone',
  'public.sign_in': 'anyone',
  'self.use': 'signed_in',
  'self.password': 'signed_in',
  'access.view': 'signed_in',

  'company.manage': { system_admin: 'all', security_admin: 'first_steps' },
  'company.finish_first_steps': { security_admin: 'first_steps' },
  'organisation.view': {
    system_admin: 'all',
    security_admin: 'all',
    auditor: 'all',
    general_manager: 'all',
    sales_director: 'all',
    cs_manager: 'all',
  },
  'organisation.manage': { system_admin: 'all', security_admin: 'first_steps' },

  'staff.view': { system_admin: 'all', security_admin: 'all', auditor: 'all' },
  'staff.manage': { system_admin: 'all', security_admin: 'first_steps' },
  'roles.grant': { security_admin: 'all' },
  'roles.approve': { general_manager: 'all', security_admin: 'all', system_admin: 'all' },

  'staff.suspend': { system_admin: 'all', security_admin: 'all' },
  'staff.reset_factor': { security_admin: 'all' },
  'handovers.view': {
    dept_head: 'place',
    cs_manager: 'place',
    sales_director: 'place',
    general_manager: 'place',
    system_admin: 'all',
    auditor: 'all',
  },
  'handovers.run': { dept_head: 'place', cs_manager: 'place', sales_director: 'place', general_manager: 'place' },

  'approvals.use': 'signed_in',
  'approvals.register': { auditor: 'all', general_manager: 'all' },

  'alerts.view': { auditor: 'all', security_admin: 'all', info_supervisor: 'all' },
  'alerts.settle': { security_admin: 'all', info_supervisor: 'all' },

  'audit.view': { auditor: 'all' },
  'audit.export': { auditor: 'all' },
  'audit.verify': { auditor: 'all' },
  'audit.seals': { auditor: 'all', security_admin: 'all', info_supervisor: 'all' },

  'customers.view': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    area_manager: 'place',
    archivist: 'place',
    info_supervisor: 'place',
    cs_manager: 'place',
    finance: 'place',
    sales_director: 'place',
    general_manager: 'place',
    auditor: 'all',
  },
  'customers.create': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    cs_manager: 'place',
    sales_director: 'place',
  },
  'customers.correct': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    archivist: 'place',
    cs_manager: 'place',
    sales_director: 'place',
  },
  'customers.attach': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    archivist: 'place',
    cs_manager: 'place',
    sales_director: 'place',
  },
  'customers.assign': { dept_head: 'place', cs_manager: 'place', sales_director: 'place' },
  'customers.print': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    area_manager: 'place',
    archivist: 'place',
    info_supervisor: 'place',
    cs_manager: 'place',
    sales_director: 'place',
    general_manager: 'place',
  },
  'customers.confirm': { sales_director: 'place', general_manager: 'place' },
  'customers.approve_changes': { sales_director: 'place', general_manager: 'place' },
  'customers.change_life': { sales: 'own', dept_head: 'place', cs_manager: 'place', sales_director: 'place' },
  'customers.unmask_l2': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    area_manager: 'place',
    archivist: 'place',
    cs_manager: 'place',
    finance: 'place',
    sales_director: 'place',
    general_manager: 'place',
  },
  'customers.unmask_l3': {
    archivist: 'place',
    cs_manager: 'place',
    sales_director: 'place',
    general_manager: 'place',
  },
  'customers.export': {
    dept_head: 'place',
    info_supervisor: 'place',
    cs_manager: 'place',
    sales_director: 'place',
    general_manager: 'place',
  },
  'customers.verify': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    archivist: 'place',
    cs_manager: 'place',
    sales_director: 'place',
  },
  'views.share': { dept_head: 'all', cs_manager: 'all', sales_director: 'all' },

  'imports.view': {
    front_desk: 'own',
    archivist: 'place',
    info_supervisor: 'place',
    cs_manager: 'place',
    sales_director: 'place',
    auditor: 'all',
  },
  'imports.run': { front_desk: 'own', cs_manager: 'own', sales_director: 'own' },
  'imports.undo': { front_desk: 'own', cs_manager: 'place', sales_director: 'place' },

  'deadlines.view': {
    front_desk: 'place',
    sales: 'own',
    dept_head: 'place',
    area_manager: 'place',
    archivist: 'place',
    info_supervisor: 'place',
    cs_manager: 'place',
    sales_director: 'place',
    general_manager: 'place',
    auditor: 'all',
  },
  'tasks.view': {
    front_desk: 'own',
    sales: 'own',
    dept_head: 'place',
    area_manager: 'place',
    archivist: 'own',
    info_supervisor: 'own',
    cs_manager: 'place',
    finance: 'own',
    sales_director: 'place',
    general_manager: 'place',
    auditor: 'all',
  },
  'tasks.create': {
    front_desk: 'all',
    sales: 'all',
    dept_head: 'all',
    area_manager: 'all',
    archivist: 'all',
    info_supervisor: 'all',
    cs_manager: 'all',
    finance: 'all',
    sales_director: 'all',
    general_manager: 'all',
  },
  'tasks.settle': {
    front_desk: 'own',
    sales: 'own',
    dept_head: 'place',
    area_manager: 'place',
    archivist: 'own',
    info_supervisor: 'own',
    cs_manager: 'place',
    finance: 'own',
    sales_director: 'place',
    general_manager: 'place',
  },

  'regulations.view': 'signed_in',
  'regulations.draft': { system_admin: 'all' },
  'regulations.approve': { general_manager: 'all' },
  'calendar.view': 'signed_in',
  'calendar.manage': { system_admin: 'all' },
  'jobs.view': { system_admin: 'all', auditor: 'all' },
  'jobs.rerun': { system_admin: 'all' },
  'backups.view': { system_admin: 'all', auditor: 'all' },
  'backups.run': { system_admin: 'all' },
} as const satisfies Record<string, Row>

export type Act = keyof typeof table

export const acts = Object.keys(table) as Act[]

export const isAct = (name: string): name is Act => Object.hasOwn(table, name)

export function rowOf(act: Act): Row {
  return table[act]
}
