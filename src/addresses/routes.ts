import { customerFor, type Customer } from '../customers/queries.ts'
import { form, seeOther } from '../web/route.ts'
import { addAddress, correctAddress, removeAddress } from './commands.ts'
import {
  addressForm,
  newAddressForm,
  removalForm,
  type AddressCorrection,
  type NewAddress,
  type Removal,
} from './forms.ts'
import { addressPage, newAddressPage, removalPage } from './pages.ts'
import { addressPolicy } from './policy.ts'
import { addressFor, type AddressOf } from './queries.ts'

const idsOf = ({ customer, address }: AddressOf) => ({ customerId: customer.id, addressId: address.id })

export const addressRoutes = [
  form<NewAddress, Customer>('/customers/:number/addresses/new', {
    load: customerFor,
    allow: addressPolicy.add,
    view: 'addresses/one',
    show: ({ actor, record }) => newAddressPage(actor, record),
    fields: newAddressForm,
    submit: async ({ actor, record, input, now }) => {
      await addAddress(actor, record.id, input, now)
      return seeOther(`/customers/${record.number}`, 'addresses:notice.added')
    },
  }),
  form<AddressCorrection, AddressOf>('/customers/:number/addresses/:address', {
    load: addressFor,
    allow: addressPolicy.correct,
    view: 'addresses/one',
    show: ({ actor, record }) => addressPage(actor, record),
    fields: addressForm,
    submit: async ({ actor, record, input, now }) => {
      await correctAddress(actor, idsOf(record), input, now)
      return seeOther(`/customers/${record.customer.number}`, 'addresses:notice.corrected')
    },
  }),
  form<Removal, AddressOf>('/customers/:number/addresses/:address/removal', {
    load: addressFor,
    allow: addressPolicy.remove,
    view: 'addresses/removal',
    show: ({ record }) => removalPage(record),
    fields: removalForm,
    submit: async ({ actor, record, input, now }) => {
      await removeAddress(actor, idsOf(record), input, now)
      return seeOther(`/customers/${record.customer.number}`, 'addresses:notice.removed')
    },
  }),
]
