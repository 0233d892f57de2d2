import { afterNumber } from './after-number';
import type { Words } from './english';

const rowsOf = (count: number): string => `${count} ${count === 1 ? 'linha' : 'linhas'}`;
const meetingsOf = (count: number): string => `${count} ${count === 1 ? 'reunião' : 'reuniões'}`;

export const portuguese: Words = {
  title: 'Reuniões de uma folha',
  steps: ['Ficheiro', 'Colunas', 'Verificar', 'Criar', 'Pronto'],
  stepOf: (step, of) => `Passo ${step} de ${of}`,
  back: 'Voltar',
  next: 'Continuar',
  language: 'Idioma',
  myBatches: 'As minhas listas',
  newSheet: 'Nova lista',
  signedInAs: (name) => `Sessão de ${name}`,
  signOut: 'Terminar sessão',
  signIn: 'Iniciar sessão',
  signInTitle: 'Inicie sessão',
  signInText: 'Use a conta da sua escola ou empresa. As reuniões são criadas em nome dela.',
  signInEnded:
    'A sua sessão terminou. Inicie sessão num novo separador, depois volte e tente outra vez.',
  signInOff: 'Esta aplicação não tem início de sessão. Fale com quem a gere.',
  loading: 'A carregar …',
  tryAgain: 'Tentar outra vez',
  notReached: 'Não foi possível contactar a aplicação. Verifique a ligação e tente outra vez.',
  failed: (message) => `Não resultou: ${message}`,

  fileTitle: 'Escolha a sua folha',
  fileLead:
    'Cada linha é uma reunião. Use o seu ficheiro Excel ou CSV, com os seus títulos. Recebe-o de volta com uma ligação em cada linha.',
  choose: 'Escolher um ficheiro (Excel ou CSV)',
  drop: 'ou largue-o aqui, ou cole células copiadas',
  staysHere:
    'O ficheiro fica no seu navegador até carregar em “Criar”. Para verificar, o conteúdo das linhas vai apenas para esta aplicação.',
  pasted: 'Células coladas',
  template: 'Ainda não tem folha? Use um modelo:',
  templateExcel: 'Modelo Excel',
  templateCsv: 'Modelo CSV',
  whichSheet: 'Que folha?',
  hidden: 'oculta',
  emptyFile: 'Este ficheiro está vazio.',
  emptySheet: 'Esta folha não tem linhas.',
  tooManyRows: (maxRows) => `A folha tem mais de ${maxRows} linhas. Divida-a em vários ficheiros.`,
  noSheet: 'Este ficheiro não é uma folha. Escolha um ficheiro Excel (.xlsx) ou CSV.',
  openQuote: (row) =>
    `Na linha ${row} há aspas (") que não fecham. Apague-as, ou escolha o próprio ficheiro do Excel.`,
  missingPart: 'Falta uma parte desta página. Recarregue a página e escolha o ficheiro outra vez.',
  unreadable:
    'Não é possível ler o ficheiro. Guarde-o no Excel como livro (.xlsx) sem palavra-passe e volte a escolhê-lo.',
  tooLarge:
    'O ficheiro é demasiado grande. Apague folhas, linhas e imagens de que não precisa, ou guarde a folha como CSV.',

  columnsTitle: 'O que está nas suas colunas?',
  columnsLead: (rows) =>
    `A sua folha tem ${rowsOf(rows)}. Diga o que significa cada coluna. O que foi reconhecido já está preenchido.`,
  headerRow: 'Os títulos estão na linha',
  noHeadings: (row, headerRow) =>
    `A linha ${row} não tem títulos com linhas por baixo. Os títulos continuam na linha ${headerRow}.`,
  needed: 'obrigatório',
  textOf: (field) => `${field}: texto`,
  columnOption: (letters, name) => `Coluna ${letters}: ${name}`,
  sameForAll: 'Igual em todas as linhas …',
  notUsed: 'Não usado',
  textHint: (name) => `Escreva {${name}} para inserir a célula dessa coluna.`,
  noSuchColumn: (name) => `Nenhuma coluna se chama “${name}”.`,
  example: (value) => `Primeira linha: ${value}`,
  exampleEmpty: 'Primeira linha: vazia',
  zone: 'As horas são as de',
  zoneExample: (time, city) => `${time} em ${city}`,
  dateOrder: 'Como estão escritas as datas?',
  dateOrders: {
    dmy: 'Primeiro o dia: 31/12/2030',
    mdy: 'Primeiro o mês: 12/31/2030',
    ymd: 'Primeiro o ano: 30-12-31',
  },
  moreOptions: 'Mais opções',
  missingFields: (fields) => `Ainda falta: ${fields}`,
  durationOrEnd: 'duração ou fim',
  dateOrderNeeded: 'como estão escritas as datas',
  fields: {
    organizer: 'Organizador (e-mail)',
    organizerPool: 'Grupo de organizadores, em vez de um organizador',
    'meeting.subject': 'Título',
    'meeting.startDateTime': 'Início: dia, ou dia e hora',
    startTime: 'Início: hora, se estiver noutra coluna',
    durationMinutes: 'Duração em minutos',
    'meeting.endDateTime': 'Fim, em vez da duração',
    endTime: 'Fim: hora, se estiver noutra coluna',
    'meeting.participants.attendees': 'Participantes (e-mail)',
    'meeting.lobbyBypassSettings.scope': 'Quem entra diretamente?',
    'meeting.allowedPresenters': 'Quem pode apresentar?',
    'meeting.recordAutomatically': 'Gravação',
    requestId: 'Número ou código que identifica cada linha',
    action: 'Coluna que diz “cancelar”',
    'calendar.enabled': 'Calendário e convites',
    'calendar.location': 'Local, no convite',
    'calendar.body': 'Texto do convite',
  },
  none: {
    organizerPool: 'Nenhum grupo: cada linha indica o seu organizador',
    'calendar.enabled': 'Em nenhum calendário; ninguém recebe e-mail',
  },
  ownOnly: (name) => `As reuniões são suas: o organizador é ${name}.`,
  teamsDecides: 'Conforme definido no Teams',
  choices: {
    'meeting.lobbyBypassSettings.scope everyone': 'Todos entram diretamente',
    'meeting.lobbyBypassSettings.scope organizationAndFederated':
      'A minha organização e parceiros; os outros esperam',
    'meeting.lobbyBypassSettings.scope organization': 'A minha organização; os outros esperam',
    'meeting.lobbyBypassSettings.scope invited': 'Os convidados; os outros esperam',
    'meeting.lobbyBypassSettings.scope organizer': 'Só o organizador; todos os outros esperam',
    'meeting.allowedPresenters everyone': 'Todos podem apresentar',
    'meeting.allowedPresenters organization': 'A minha organização pode apresentar',
    'meeting.allowedPresenters roleIsPresenter':
      'Quem está indicado como apresentador pode apresentar',
    'meeting.allowedPresenters organizer': 'Só o organizador pode apresentar',
    'meeting.recordAutomatically true': 'Gravar desde o início',
    'meeting.recordAutomatically false': 'Não gravar automaticamente',
    'calendar.enabled true':
      'No calendário do organizador; os participantes são convidados por e-mail',
  },

  checkTitle: 'Verificar antes de criar',
  checking: 'A verificar …',
  allRight: (rows) => (rows === 1 ? 'A linha está certa.' : `As ${rows} linhas estão certas.`),
  someWrong: (wrong, rows) =>
    rows === 1 ? 'É preciso corrigir a linha.' : `Há ${wrong} de ${rows} linhas para corrigir.`,
  correctHint:
    'Corrija a célula aqui mesmo. A folha que recebe de volta também fica corrigida, com uma nota do que lá estava.',
  row: 'Linha',
  cellLabel: (name, row) => `${name}, linha ${row}`,
  corrected: 'Corrigido',
  equalCells: (count, value) => `Escrever nas ${count} células com “${value}”`,
  moreRows: (count) =>
    `… e mais ${count}. ${count === 1 ? 'Aparece' : 'Aparecem'} quando estas estiverem certas.`,
  wholeSheet: 'Isto diz respeito a todas as linhas:',
  changeColumns: 'Mudar em “Colunas”',
  problems: {
    missing: 'Falta aqui alguma coisa.',
    'missing organizer': 'Escreva quem organiza a reunião.',
    'missing meeting.subject': 'Escreva como se chama a reunião.',
    'missing meeting.startDateTime': 'Escreva quando começa a reunião.',
    'missing meeting.endDateTime': 'Escreva quanto tempo dura a reunião.',
    'missing date': 'Escreva em que dia é a reunião.',
    'missing startTime': 'Escreva a que horas começa a reunião.',
    'missing endTime': 'Escreva a que horas acaba a reunião.',
    wrongType: 'Não é possível ler isto.',
    'wrongType meeting.startDateTime': 'Não é um dia com hora. Escreva 2030-12-31 14:00.',
    'wrongType meeting.endDateTime': 'Não é um dia com hora. Escreva 2030-12-31 14:00.',
    'wrongType durationMinutes': 'Escreva um número de minutos, por exemplo 20.',
    'wrongType meeting.participants.attendees': 'Não é um endereço de e-mail.',
    invalidTime: 'Esse dia ou essa hora não existe.',
    wrongWeekday: 'O dia da semana não corresponde à data.',
    invalidIdentity: 'Não é um endereço de e-mail.',
    invalidCharacters: 'Contém caracteres não permitidos.',
    outOfRange: 'É demasiado pequeno ou demasiado grande.',
    unknownTimeZone: 'Esse fuso horário não existe.',
    unknownValue: 'Este valor não é suportado aqui.',
    tooLong: 'É demasiado longo.',
    tooMany: 'São demasiados.',
    'tooMany $': 'Há mais erros.',
    inThePast: 'Esta reunião já acabou.',
    excelError: 'A célula tem um erro do Excel.',
    endBeforeStart: 'O fim é antes do início.',
    organizerNotFound: 'Ninguém na sua organização tem este endereço.',
    organizerNotLicensed: 'Esta pessoa não tem licença do Teams.',
    accessPolicyMissing:
      'Aqui não se podem criar reuniões para esta pessoa. Fale com quem gere a aplicação.',
    'missing requestId':
      'Para alterar ou cancelar uma reunião, use a folha que transferiu daqui: ela contém a reunião de cada linha.',
    'unknownValue action':
      'Escreva “cancelar” para cancelar esta reunião. Deixe a célula vazia para a manter.',
    unknownProperty: 'Isto não é suportado aqui.',
    readOnlyProperty: 'Isto não se pode definir.',
    unsupportedProperty: 'Isto não é compatível com um calendário.',
    invalidJson: 'Não é possível ler isto.',
    tooDeep: 'Não é possível ler isto.',
    invalidLanguage: 'Essa língua não existe.',
    missingTimeZone: 'Escolha o fuso horário das horas.',
    endWithoutStart: 'Há um fim, mas nenhum início.',
    calendarNotEnabled: 'Os calendários não estão configurados aqui.',
    mailboxOutOfScope: 'O calendário desta pessoa não pode ser usado aqui.',
    requestIdReused:
      'Esta linha já tem uma reunião com outros valores. Para a alterar, use a folha que transferiu daqui.',
    'requestIdReused organizer':
      'O organizador de uma reunião não pode ser alterado. Cancele a reunião e dê outro código à linha.',
    requestCancelled: 'A reunião desta linha foi cancelada. Dê outro código à linha.',
    meetingExpired: 'A reunião desta linha expirou. Dê outro código à linha.',
    accessDenied: 'O Teams não permite isto. Fale com quem gere a aplicação.',
    applicationRoleMissing: 'Esta aplicação não pode criar reuniões. Fale com quem a gere.',
    directoryPermissionMissing: 'Esta aplicação não pode procurar pessoas. Fale com quem a gere.',
    organizerPoolNotFound: 'Este grupo de organizadores não existe aqui.',
    organizerPoolExhausted:
      'Os organizadores deste grupo não podem ter mais reuniões agora. Tente mais tarde, ou escolha outro organizador.',
    teamsNotInMailbox:
      'O calendário desta pessoa não permite reuniões do Teams. Fale com quem gere a aplicação.',
    eventDeleted: 'A reunião foi apagada do calendário. Se ainda a quer, tente outra vez.',
    invitationsWithheld:
      'A reunião existe, mas o Teams não aceitou todas as opções, e por isso ninguém foi convidado. Convide as pessoas no Outlook.',
    throttled: 'O Teams está sobrecarregado. Tente mais tarde.',
    graphUnavailable: 'O Teams não respondeu. Tente mais tarde.',
    outcomeUnknown:
      'Não se sabe se esta reunião foi criada, e a ligação perdeu-se. Envie a linha outra vez num ficheiro novo, com outro código se tiver um.',
    cancelled: 'A lista parou antes desta linha. Se ainda quer a reunião, envie a lista outra vez.',
    notYours: 'Só pode criar reuniões suas.',
    invalidRequest: 'A aplicação não consegue ler isto. Recarregue a página e tente outra vez.',
    requestTooLarge:
      'É demasiado grande. Use menos linhas, menos participantes ou textos mais curtos.',
    endpointNotFound: 'Esta página está desatualizada. Recarregue-a e tente outra vez.',
    forbidden: 'Não tem permissão para isto.',
    batchNotFound: 'Essa lista não existe, ou não é sua.',
    batchNotFinished: 'A lista ainda está a ser processada. Espere até estar pronta.',
    batchCancelled: 'Esta lista foi parada. Envie a folha outra vez.',
    requestInProgress:
      'A reunião desta linha está a ser criada. Tente outra vez dentro de um minuto.',
    requestNotFound:
      'A aplicação não conhece nenhuma reunião desta linha. Verifique o código da linha. Se a reunião existe, altere-a ou apague-a no Teams.',
    meetingNotFound:
      'O Teams já não encontra a reunião desta linha: foi apagada ou expirou. Para ter uma nova, dê outro código à linha.',
    noMeeting:
      'A reunião desta linha nunca foi criada e por isso não pode ser alterada. Na lista anterior, tente outra vez as linhas que falharam.',
    noEntraIdentity: 'Só pessoas da sua organização podem ter esta função.',
    invalidWorkbook:
      'Não é possível ler o ficheiro Excel. Guarde-o outra vez no Excel e volte a escolhê-lo.',
    graphRejected:
      'O Teams recusou isto. Verifique os valores da linha, ou fale com quem gere a aplicação.',
    graphAuthenticationFailed:
      'A aplicação não consegue iniciar sessão no Teams. Tente mais tarde, ou fale com quem a gere.',
    identityUnavailable:
      'A aplicação não consegue iniciar sessão no Teams. Tente mais tarde, ou fale com quem a gere.',
    storageUnavailable: 'O armazenamento da aplicação não respondeu. Tente mais tarde.',
    processingFailed:
      'Não foi possível processar esta linha. Tente outra vez, ou fale com quem gere a aplicação.',
    misconfigured: 'Esta aplicação não está bem configurada. Fale com quem a gere.',
    internalError:
      'Algo correu mal na aplicação. Tente mais tarde. Se voltar a acontecer, fale com quem a gere.',
    'conflicting requestId':
      'Outra linha tem o mesmo código. Se esta linha for uma cópia, limpe esta célula para criar uma nova reunião.',
    'conflicting durationMinutes':
      'Há uma duração e um fim. Esvazie uma das células, ou use só uma das colunas.',
    conflicting: 'Contradiz outro valor.',
  },
  looking: 'A verificar se tudo pode ser criado …',
  outcomes: {
    create: afterNumber('vai ser criada', 'vão ser criadas'),
    update: afterNumber('vai ser alterada', 'vão ser alteradas'),
    unchanged: afterNumber('já existe', 'já existem'),
    cancel: afterNumber('vai ser cancelada', 'vão ser canceladas'),
    refuse: afterNumber('não pode ser criada', 'não podem ser criadas'),
  },
  properties: {
    subject: 'Título',
    startDateTime: 'Início',
    endDateTime: 'Fim',
    participants: 'Participantes',
    lobbyBypassSettings: 'Quem entra diretamente',
    allowedPresenters: 'Quem pode apresentar',
    recordAutomatically: 'Gravação',
    'calendar.location': 'Local',
    'calendar.body': 'Texto do convite',
    'calendar.invite': 'Convidados',
  },
  willBeMailed: (count) =>
    count === 1
      ? '1 e-mail vai para participantes quando as reuniões forem criadas'
      : `${count} e-mails vão para participantes quando as reuniões forem criadas`,
  outlookTells:
    'O Outlook avisa por e-mail as pessoas afetadas pelas reuniões alteradas e canceladas.',
  sentBefore:
    'Já enviou uma lista com este nome. Para alterar as reuniões dela, use a folha que transferiu de lá; esta cria reuniões novas.',
  cancelledBefore: (count) =>
    `${count === 1 ? 'A reunião de 1 linha foi cancelada' : `As reuniões de ${count} linhas foram canceladas`} e as ligações já não funcionam. As reuniões novas recebem ligações novas.`,
  makeNew: 'Criar reuniões novas para estas linhas',
  willChange: 'O que vai mudar',
  changed: (from, to) => `${from} → ${to}`,
  nothing: 'nada',
  pleaseNote: 'Tenha em atenção',
  inRows: (rows, message) => `Linhas ${rows}: ${message}`,
  inRow: (row, message) => `Linha ${row}: ${message}`,
  warnings: {
    overlappingMeeting: 'O organizador tem outra reunião a essa hora.',
    manyMeetings: 'Mais de 2000 reuniões para um organizador; o Teams não cria mais num mês.',
    organizerPoolExhausted:
      'Os organizadores deste grupo não podem ter mais reuniões agora. Esta vai ser criada mais tarde.',
    notChecked: 'Não foi possível verificar isto agora.',
  },
  undo: 'Cancelar estas reuniões',
  undoSure: (count) => `Sim, cancelar ${meetingsOf(count)}`,
  undoHint: 'As ligações deixam de funcionar. Não é possível anular esta ação.',
  keep: 'Não, manter',
  undoName: (file) => `${file}: canceladas`,
  makeRest: (count) => `Continuar sem as linhas erradas: ${count}`,

  makeTitle: 'Criar as reuniões',
  makeLead: 'Vai ser criado:',
  changeTitle: 'Alterar as reuniões',
  changeLead: 'Vai acontecer:',
  carryOut: (count) =>
    count === 0
      ? 'Nada muda: obter a folha com as ligações'
      : `Fazer ${count} ${count === 1 ? 'alteração' : 'alterações'}`,
  invitations: 'E-mail',
  mails: (count) => `${count} ${count === 1 ? 'e-mail' : 'e-mails'} para participantes`,
  howMany: 'Quantas',
  organizers: 'Organizadores',
  when: 'Quando',
  meetings: meetingsOf,
  leftOut: (count) =>
    count === 1
      ? 'Uma linha está errada e fica de fora. A razão aparece ao lado.'
      : `${count} linhas estão erradas e ficam de fora. A razão aparece ao lado.`,
  andMore: (count) => `e mais ${count}`,
  fromTo: (from, to) => (from === to ? from : `${from} a ${to}`),
  make: (count) => `Criar ${meetingsOf(count)}`,
  making: 'A enviar …',

  progressTitle: 'A sua lista está a ser processada',
  stoppingTitle: 'A parar',
  doneTitle: 'As suas reuniões estão prontas',
  changedTitle: 'Está feito',
  stoppedTitle: 'Parado',
  fileOf: (file, name) => `${file}, enviado por ${name}`,
  progress: (done, total) => `${done} de ${total}`,
  timeLeft: (minutes) =>
    minutes < 1 ? 'Falta menos de um minuto' : `Faltam cerca de ${minutes} min`,
  mayClose: 'Pode fechar esta página. Volte a ela pelo mesmo endereço, ou em “As minhas listas”.',
  stop: 'Parar',
  stopHint: 'As reuniões já iniciadas são concluídas. Não se inicia mais nenhuma.',
  counts: {
    created: afterNumber('criada', 'criadas'),
    existing: afterNumber('já existia', 'já existiam'),
    updated: afterNumber('alterada', 'alteradas'),
    unchanged: afterNumber('sem alteração'),
    superseded: afterNumber('alterada depois', 'alteradas depois'),
    cancelled: afterNumber('cancelada', 'canceladas'),
    failed: afterNumber('não criada', 'não criadas'),
    unknown: afterNumber('incerta', 'incertas'),
    pending: afterNumber('por fazer'),
  },
  download: 'Transferir a sua folha com as ligações',
  downloadChange: 'Transferir os resultados',
  nextTime: 'Da próxima vez envie a folha transferida: ela contém a reunião de cada linha.',
  copyLinks: 'Copiar as ligações',
  copied: 'Copiado',
  eachMeeting: (count) => `Mudar ou cancelar uma reunião (${count})`,
  find: 'Procurar',
  change: 'Alterar',
  changeRow: (row) => `Alterar a linha ${row}`,
  newDay: 'Novo dia',
  newTime: 'Nova hora',
  move: 'Mudar a reunião',
  cancelOne: 'Cancelar a reunião',
  changeHint: 'Altere também a sua folha: aplica-se da próxima vez que a enviar.',
  changeName: (file, row) => `${file}: linha ${row}`,
  notMade: 'Estas não foram criadas',
  retryFailed: 'Tentar estas outra vez',
  why: 'Porquê',

  batchesTitle: 'As minhas listas',
  noBatches: 'Ainda não enviou nada.',
  file: 'Ficheiro',
  sent: 'Enviada',
  state: 'Estado',
  states: {
    accepted: 'a começar',
    running: 'em curso',
    cancelling: 'a parar',
    finished: 'pronta',
    cancelled: 'parada',
  },
  result: 'Resultado',
};
