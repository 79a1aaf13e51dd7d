/* Rich text: chosen words become a link to a term of the glossary. */
(() => {
  const { ModalWorkflowSource, TooltipEntity, registerPlugin } = window.draftail;
  const icon = window.React.createElement(window.wagtail.components.Icon, { name: "openquote" });

  class TermSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.term,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData(data) {
      return { id: data.id, url: data.edit_url || data.edit_link, title: data.title || data.string };
    }
  }

  const Term = (props) => {
    const data = props.contentState.getEntity(props.entityKey).getData();
    return window.React.createElement(TooltipEntity, { ...props, icon, label: data.title || data.id, url: data.url || "" });
  };

  registerPlugin({ type: "TERM", source: TermSource, decorator: Term }, "entityTypes");
})();
