// Runs inside Thunderbird, as a script of Marionette: does what a user would
// with a subscription, a calendar of one's own and a mail.
const [verb, question, done] = arguments;
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");

const calendar = (name) => cal.manager.getCalendars().find((c) => c.name === name);

// happens waits up to some seconds until something is true, and tells whether it is.
async function happens(what, seconds = 10) {
  for (let i = 0; i < 40 * seconds && !what(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  return what();
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

// fetched is the mail of an id, once it has come from the mail server.
async function fetched(id) {
  const [server] = MailServices.accounts.getServersForIdentity(MailServices.accounts.allIdentities[0]);
  const inbox = () => server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox)?.QueryInterface(Ci.nsIMsgImapMailFolder);
  for (let attempt = 0; attempt < 100; attempt++) {
    if (inbox()) {
      await new Promise((resolve) => {
        inbox().updateFolderWithListener(null, { OnStartRunningUrl() {}, OnStopRunningUrl: resolve });
      });
    } else {
      server.performExpand(null);
    }
    const header = inbox()?.msgDatabase?.getMsgHdrForMessageID(id);
    if (header) return header;
    await happens(() => false, 0.1);
  }
  throw new Error(`no mail ${id} has come`);
}

// show opens a mail in a tab until Thunderbird has understood what it asks. It
// makes its list of a new mailbox twice, and forgets about what was opened before.
async function show(find, tabs) {
  for (let attempt = 0; attempt < 5; attempt++) {
    const header = await find();
    const tab = tabs.openTab("mailMessageTab", { messageURI: header.folder.getUriForMsg(header), background: false });
    if (await happens(() => tab.chromeBrowser?.contentWindow?.calImipBar?.itipItem, 3)) return tab;
    tabs.closeTab(tab);
  }
  throw new Error("Thunderbird makes nothing of the mail");
}

// answer presses the button of an answer, or what Thunderbird offers above a
// mail that asks for none, and returns what it says there.
async function answer(find, given) {
  const tabs = Services.wm.getMostRecentWindow("mail:3pane").document.getElementById("tabmail");
  const tab = await show(find, tabs);
  const page = tab.chromeBrowser.contentDocument;
  const label = () => page.querySelector(".calendar-notification-bar .msgNotificationBarText").textContent;
  const said = label();
  const button = [`imip${given}Button`, "imipUpdateButton", "imipDeleteButton"]
    .map((id) => page.getElementById(id)).find((b) => !b.hidden);
  button?.doCommand();
  await happens(() => !button || label() !== said);
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
  // prepare leaves one calendar, which answers invitations to the profile's
  // identity, and knows a password for its mailbox: any is right.
  async prepare({ user }) {
    const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
    login.init("imap://127.0.0.1", null, "imap://127.0.0.1", user, "any", "", "");
    await Services.logins.addLoginAsync(login);
    cal.manager.getCalendars().forEach((c) => cal.manager.unregisterCalendar(c));
    open("own", "storage", "moz-storage-calendar://").setProperty("imip.identity.key", MailServices.accounts.allIdentities[0].key);
  },
  subscribe({ url }) {
    open("feed", "ics", url).readOnly = true;
  },
  refresh() {
    calendar("feed").refresh();
  },
  async receive({ mail, id, answer: given }) {
    if (id) return { label: await answer(() => fetched(id), given) };
    const header = (await folder("Post")).addMessage(mail);
    return { label: await answer(() => header, given) };
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
