// The room of debtdesk in JupyterLab, written so that it needs no build. It takes care of notebooks that lie under
// notebooks/ and say {"debtdesk": {"app": true}} in their metadata: they run by themselves, show no code until it is
// wanted, speak one language, and run again when their kernel was restarted. Other notebooks are left alone.
//
// For tests and for print, each such page says how far it is: data-debtdesk = waiting | running | ready | failed.
(function () {
  'use strict';

  const NAME = 'debtdesk-lab';
  const HERE = document.currentScript.src;
  const CONTROL = 'jupyter.widget.control'; // over which the page asks a kernel for the widgets it has
  const ANSWER = 6000; // how long that is waited for, more than JupyterLab itself does [ms]
  const MARKS = '.debtdesk-language-zh, .debtdesk-language-en';
  const TEXTS = {
    zh: {
      show: '显示代码',
      hide: '隐藏代码',
      again: '计算程序重新启动了，本页已重新计算。',
      crashing: '计算程序接连停止，本页不再自动重新计算。请保存后刷新页面，或重新打开 JupyterLab。'
    },
    en: {
      show: 'Show code',
      hide: 'Hide code',
      again: 'The kernel was restarted; this page was computed again.',
      crashing: 'The kernel keeps stopping; this page is no longer computed by itself. Reload the page or reopen JupyterLab.'
    }
  };

  let shared = null;
  let current = null; // the language that a person chose last, in whichever page

  const use = async name => {
    const versions = Object.values(shared[name] || {});
    const found = versions.find(version => version.loaded) || versions[0];
    return (await found.get())();
  };
  const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
  const languageOfLab = () => (document.documentElement.lang.toLowerCase().startsWith('zh') ? 'zh' : 'en');

  /** One of our notebooks, open. */
  class Page {
    constructor(panel, lab) {
      this.panel = panel;
      this.lab = lab;
      this.language = null;
      this.scheduled = false;
      this.turn = 0;
      this.asked = Promise.resolve();
      this.crashes = [];
    }

    get isOurs() {
      const own = this.panel.content.model && this.panel.content.model.getMetadata('debtdesk');
      return !!own && own.app === true && this.panel.context.path.startsWith('notebooks/');
    }

    get text() {
      return TEXTS[this.language];
    }

    set state(word) {
      this.panel.node.dataset.debtdesk = word;
    }

    open() {
      const { panel } = this;
      panel.addClass('debtdesk-app');
      document.body.classList.add('debtdesk-open');
      panel.content.notebookConfig = { ...panel.content.notebookConfig, windowingMode: 'none' };
      this.button = document.createElement('button');
      this.button.className = 'debtdesk-toggle';
      this.button.addEventListener('click', () => this.showCode(!panel.hasClass('debtdesk-code')));
      const holder = new this.lab.Widget();
      holder.node.appendChild(this.button);
      panel.toolbar.insertItem(0, 'debtdesk-code', holder);
      this.speak(current || languageOfLab());
      this.showCode(false);
      this.markCells();
      panel.content.model.cells.changed.connect(() => this.markCells());
      this.watchLanguage();
      this.guard();
      this.state = 'waiting';
    }

    /** Give every cell the class of the language it is written in. */
    markCells() {
      for (const cell of this.panel.content.widgets) {
        const own = cell.model.getMetadata('debtdesk') || {};
        cell.toggleClass('debtdesk-cell-zh', own.lang === 'zh');
        cell.toggleClass('debtdesk-cell-en', own.lang === 'en');
      }
    }

    speak(language) {
      this.language = language;
      this.panel.toggleClass('debtdesk-use-zh', language === 'zh');
      this.panel.toggleClass('debtdesk-use-en', language === 'en');
      this.panel.node.lang = language === 'zh' ? 'zh-CN' : 'en';
      this.label();
    }

    label() {
      this.button.textContent = this.panel.hasClass('debtdesk-code') ? this.text.hide : this.text.show;
    }

    /** Follow the language that an output of the notebook names. */
    watchLanguage() {
      const look = node => {
        if (!(node instanceof Element)) return;
        const marks = [...node.querySelectorAll(MARKS)];
        const mark = node.matches(MARKS) ? node : marks[marks.length - 1];
        if (!mark) return;
        const language = mark.classList.contains('debtdesk-language-zh') ? 'zh' : 'en';
        current = language;
        if (language !== this.language) this.speak(language);
      };
      new MutationObserver(records => {
        for (const record of records) {
          if (record.type === 'childList') record.addedNodes.forEach(look);
          else look(record.target);
        }
      }).observe(this.panel.content.node, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
    }

    /** While the code is hidden, no key, double click or menu changes a cell by accident, and nothing is to be saved. */
    guard() {
      const { panel } = this;
      const hidden = () => !panel.hasClass('debtdesk-code');
      panel.node.addEventListener('contextmenu', event => hidden() && event.stopPropagation(), true);
      panel.content.node.addEventListener('dblclick', event => hidden() && event.target.closest('.jp-MarkdownOutput') && event.stopPropagation(), true);
      panel.node.addEventListener('keydown', event => {
        if (hidden() && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') event.preventDefault();
      });
      const clean = () => {
        if (!panel.isDisposed && hidden()) panel.context.model.dirty = false;
      };
      panel.context.model.stateChanged.connect((_, change) => change.name === 'dirty' && change.newValue && setTimeout(clean));
      clean();
    }

    showCode(wanted) {
      this.panel.toggleClass('debtdesk-code', wanted);
      this.label();
    }

    /**
     * Follow when the page has asked a kernel for the widgets it has: a kernel at work does not answer, and a page that
     * asks meanwhile mixes up what it is told with what it asked for, so that parts of it stay empty.
     */
    watchWidgets() {
      let waiting = null; // for this kernel's answer
      const follow = kernel => {
        if (waiting === kernel) return;
        waiting = kernel;
        this.asked = new Promise(done => {
          let comm = null;
          const look = (_, { msg, direction }) => {
            const { msg_type } = msg.header;
            if (msg_type === 'comm_open' && msg.content.target_name === CONTROL) comm = msg.content.comm_id;
            // it closes what it was told over, or, where the kernel knows of no widget yet, hears of no other comm either
            const told = msg_type === 'comm_close' && direction === 'send' && msg.content.comm_id === comm;
            if (!told && !(msg_type === 'comm_info_reply' && comm)) return;
            kernel.anyMessage.disconnect(look);
            if (waiting === kernel) waiting = null;
            done();
          };
          kernel.anyMessage.connect(look);
        });
      };
      const { sessionContext } = this.panel;
      sessionContext.kernelChanged.connect((_, { newValue }) => newValue && follow(newValue));
      sessionContext.statusChanged.connect((_, status) => status === 'restarting' && follow(sessionContext.session.kernel));
      if (sessionContext.session && sessionContext.session.kernel) follow(sessionContext.session.kernel);
    }

    /**
     * Wait until the page is in front, its kernel answers and its widgets are known, then run every cell; return false
     * where this was asked for again meanwhile, which is then what runs.
     */
    async run() {
      const { panel, lab } = this;
      const turn = ++this.turn;
      while (!panel.isVisible && !panel.isDisposed) await pause(200);
      await panel.sessionContext.ready;
      const kernel = panel.sessionContext.session && panel.sessionContext.session.kernel;
      if (panel.isDisposed || !kernel) return false;
      await kernel.info;
      await Promise.race([this.asked, pause(ANSWER)]);
      if (turn !== this.turn || panel.isDisposed) return false;
      this.state = 'running';
      const fine = await lab.NotebookActions.runCells(panel.content, panel.content.widgets, panel.sessionContext);
      this.state = fine ? 'ready' : 'failed';
      return true;
    }

    /** Run again after a restart, unless somebody else already does. */
    watchKernel() {
      const { panel, lab } = this;
      let restarted = false;
      lab.NotebookActions.executionScheduled.connect((_, { notebook }) => {
        if (notebook === panel.content) this.scheduled = true;
      });
      panel.sessionContext.statusChanged.connect(async (_, status) => {
        if (status === 'restarting' || status === 'autorestarting') {
          restarted = true;
          this.scheduled = false;
          this.state = 'waiting';
          if (status === 'autorestarting') this.crashes.push(Date.now());
        } else if (status === 'idle' && restarted) {
          restarted = false;
          await pause(300);
          await this.runAgain();
        }
      });
      panel.sessionContext.kernelChanged.connect(async (_, { oldValue, newValue }) => {
        if (!oldValue || !newValue) return;
        this.scheduled = false;
        await pause(300);
        await this.runAgain();
      });
    }

    async runAgain() {
      if (this.scheduled) {
        this.state = 'ready';
        return;
      }
      this.crashes = this.crashes.filter(time => Date.now() - time < 60000);
      if (this.crashes.length > 2) {
        this.state = 'failed';
        this.lab.Notification.error(this.text.crashing, { autoClose: false });
        return;
      }
      if (await this.run()) this.lab.Notification.info(this.text.again, { autoClose: 5000 });
    }

    /** A page that comes to the front after the language was changed elsewhere is computed again in that language. */
    async comeToFront() {
      if (this.panel.node.dataset.debtdesk === 'ready' && current && current !== this.language) {
        this.speak(current);
        await this.run();
      }
    }
  }

  /** Keep the shortcuts of JupyterLab (D D deletes a cell) away from whatever has the focus while the code is hidden. */
  const silenceShortcuts = () => {
    const silenced = new WeakSet();
    const listen = event => {
      const { target } = event;
      const page = target instanceof Element && target.closest('.debtdesk-app');
      if (!page) return;
      if (!page.classList.contains('debtdesk-code')) {
        target.setAttribute('data-lm-suppress-shortcuts', 'true');
        silenced.add(target);
      } else if (silenced.delete(target)) {
        target.removeAttribute('data-lm-suppress-shortcuts');
      }
    };
    window.addEventListener('keydown', listen, true); // before JupyterLab, which listens at the document
  };

  /** A link of ours opens the notebook of that stage beside the one it stands in, in the same room. */
  const followLinks = (app, tracker) => {
    document.addEventListener('click', event => {
      const link = event.target instanceof Element && event.target.closest('a[data-debtdesk-open]');
      const page = link && tracker.find(panel => panel.node.contains(link));
      if (!page) return;
      event.preventDefault();
      const folder = page.context.path.split('/').slice(0, -1).join('/');
      app.commands.execute('docmanager:open', { path: `${folder}/${link.dataset.debtdeskOpen}` });
    });
  };

  const activate = lab => (app, tracker, shell) => {
    const pages = new Map();
    silenceShortcuts();
    followLinks(app, tracker);
    const add = async panel => {
      const page = new Page(panel, lab);
      page.watchWidgets();
      await panel.context.ready;
      if (!page.isOurs) return;
      page.open();
      pages.set(panel, page);
      panel.disposed.connect(() => pages.delete(panel));
      await page.run();
      page.watchKernel();
    };
    tracker.forEach(add);
    tracker.widgetAdded.connect((_, panel) => add(panel));
    tracker.currentChanged.connect((_, panel) => pages.has(panel) && pages.get(panel).comeToFront());
    // Not awaited: the room is restored only after every plugin has been activated.
    shell.restored.then(async layout => {
      if (!layout.fresh) return;
      await pause(0); // after the file browser, which opens itself in a fresh room
      shell.collapseLeft();
      shell.collapseRight();
    });
  };

  const extension = async () => {
    const { INotebookTracker, NotebookActions } = await use('@jupyterlab/notebook');
    const { ILabShell } = await use('@jupyterlab/application');
    const { Notification } = await use('@jupyterlab/apputils');
    const { Widget } = await use('@lumino/widgets');
    return {
      id: `${NAME}:room`,
      autoStart: true,
      requires: [INotebookTracker, ILabShell],
      activate: activate({ NotebookActions, Notification, Widget })
    };
  };

  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = new URL('style.css', HERE).href;
  document.head.appendChild(style);

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: scope => {
      shared = scope;
    },
    get: async () => {
      const plugin = await extension();
      return () => ({ __esModule: true, default: plugin });
    }
  };
})();
