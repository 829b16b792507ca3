<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="0">
  <renderer-v2 type="categorizedSymbol" attr="severity" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="block" label="ต้องแก้" render="true"/>
      <category symbol="1" value="warn" label="ควรดู" render="true"/>
      <category symbol="2" value="note" label="แจ้งไว้" render="true"/>
      <category symbol="3" value="" label="อื่น ๆ" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="octagon"/>
            <Option name="color" type="QString" value="157,46,28,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="3"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="octagon"/>
          <prop k="color" v="157,46,28,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="triangle"/>
            <Option name="color" type="QString" value="132,85,15,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="3"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="triangle"/>
          <prop k="color" v="132,85,15,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="3"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="42,88,133,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="2.4"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="42,88,133,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.4"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="88,101,112,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="2.4"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="88,101,112,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.4"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <blending>0</blending>
  <layerGeometryType>0</layerGeometryType>
</qgis>
