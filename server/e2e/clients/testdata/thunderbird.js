// Runs inside Thunderbird, as a script of Marionette: does what a user would
// with a subscription, a calendar of one's own and a mail.
const [verb, question, done] = arguments;
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");

const calendar = (name) => cal.manager.getCalendars().find((c) => c.name === name);

// happens waits until something is true, and gives up without a word: what is
// not there then is missed by the test.
async function happens(what) {
  for (let i = 0; i < 400 && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
}

function open(name, type, uri) {
  const made = cal.manager.createCalendar(type, Services.io.newURI(uri));
  made.name = name;
  cal.manager.registerCalendar(made);
  return made;
}

// folder is a mail folder of the profile.
async function folder(name) {
  const root = MailServices.accounts.localFoldersServer.rootFolder;
  if (!root.containsChildNamed(name)) root.createSubfolder(name, null);
  await happens(() => root.containsChildNamed(name));
  return root.getChildNamed(name).QueryInterface(Ci.nsIMsgLocalMailFolder);
}

// answer opens a mail in a tab and presses what a willing person would of the
// buttons that Thunderbird offers above it.
async function answer(header) {
  const tabs = Services.wm.getMostRecentWindow("mail:3pane").document.getElementById("tabmail");
  const tab = tabs.openTab("mailMessageTab", { messageURI: header.folder.getUriForMsg(header), background: false });
  const page = () => tab.chromeBrowser?.contentWindow;
  await happens(() => page()?.calImipBar?.itipItem);
  const label = () => page().document.querySelector(".calendar-notification-bar .msgNotificationBarText").textContent;
  const button = ["imipAcceptButton", "imipUpdateButton", "imipDeleteButton"]
    .map((id) => page().document.getElementById(id)).find((b) => !b.hidden);
  const said = label();
  if (button) {
    button.doCommand();
    await happens(() => label() !== said);
  }
  tabs.closeTab(tab);
  return said;
}

function entry(item) {
  const property = (name) => item.getProperty(name) ?? "";
  return {
    uid: item.id, sequence: Number(property("SEQUENCE")), summary: item.title, location: property("LOCATION"),
    description: property("DESCRIPTION"), status: item.status ?? "", start: item.startDate.nativeTime / 1e6,
    end: item.endDate.nativeTime / 1e6, answer: item.getAttendees()[0]?.participationStatus ?? "",
  };
}

const verbs = {
  // prepare leaves one calendar, which answers invitations to the profile's identity.
  prepare() {
    cal.manager.getCalendars().forEach((c) => cal.manager.unregisterCalendar(c));
    open("own", "storage", "moz-storage-calendar://").setProperty("imip.identity.key", MailServices.accounts.allIdentities[0].key);
  },
  subscribe({ url }) {
    open("feed", "ics", url).readOnly = true;
  },
  refresh() {
    calendar("feed").refresh();
  },
  async receive({ mail }) {
    return { label: await answer((await folder("Post")).addMessage(mail)) };
  },
  async entries({ of }) {
    const items = await calendar(of).getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
    return { entries: items.map(entry) };
  },
};

(async () => {
  try {
    done((await verbs[verb](question)) ?? {});
  } catch (error) {
    done({ error: `${error}\n${error.stack}` });
  }
})();
